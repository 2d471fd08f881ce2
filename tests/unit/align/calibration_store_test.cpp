#include "align/calibration_store.h"

#include <gtest/gtest.h>

#include <fstream>

#include "unit/base/temporary_folder.h"

namespace anneal::align {
namespace {

const Calibration calibration{.cpu = {.points = {{1, 1e-5}, {4, 2e-5}}},
                              .gpu = {.points = {{1, 1e-3}, {4, 1e-3}}},
                              .gpu_identity = "cuda: a GPU",
                              .opening = 0.5};

class CalibrationStoreTest : public testing::Test {
 protected:
  CalibrationStore store(const std::string& machine = "0.1.0") const {
    return CalibrationStore(base::KeyedCache(folder_), machine);
  }

  test::TemporaryFolder temporary_;
  std::filesystem::path folder_ = temporary_.path() / "auto";
};

TEST_F(CalibrationStoreTest, FindsAKindOnTheSameMachineOnly) {
  EXPECT_EQ(store().find({}), std::nullopt);
  store().store({}, calibration);
  EXPECT_EQ(store().find({}), calibration);
  EXPECT_EQ(store("0.2.0").find({}), std::nullopt);
  const WorkKind others[] = {{.mode = Mode::global}, {.output = Output::end},
                             {.nucleotides = false}, {.one_query = true},
                             {.band = 16},           {.length = 400}};
  for (const WorkKind& other : others) EXPECT_EQ(store().find(other), std::nullopt) << to_string(other);
}

TEST_F(CalibrationStoreTest, TakesABrokenFileForNone) {
  store().store({}, calibration);
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    std::filesystem::resize_file(file.path(), std::filesystem::file_size(file.path()) - 3);
  }
  EXPECT_EQ(store().find({}), std::nullopt);
  for (const auto& file : std::filesystem::directory_iterator(folder_)) std::ofstream(file.path()) << "garbage";
  EXPECT_EQ(store().find({}), std::nullopt);
  store().store({}, calibration);
  EXPECT_EQ(store().find({}), calibration);
}

TEST_F(CalibrationStoreTest, TheSharedOneCanBeAsked) {
  const CalibrationStore shared = CalibrationStore::shared("abacus", 1, 1 << 20);
  EXPECT_EQ(shared.find({.band = 1}), std::nullopt);
  EXPECT_EQ(auto_note("abacus"), "");
}

}  // namespace
}  // namespace anneal::align
