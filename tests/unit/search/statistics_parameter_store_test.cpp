#include "search/statistics/parameter_store.h"

#include <gtest/gtest.h>

#include <fstream>

#include "unit/base/temporary_folder.h"

namespace anneal::search {
namespace {

const SimulationResult simulated{
    .parameters = SimulatedParameters{.lambda = 0.267, .k = 0.0411, .length = {1.91, -30.1}}, .failure = {}};
const SimulationResult failed{.parameters = std::nullopt, .failure = "there are none"};

class ParameterStoreTest : public testing::Test {
 protected:
  ParameterStore store() const { return ParameterStore(base::KeyedCache(temporary_.path())); }

  test::TemporaryFolder temporary_;
  SubstitutionMatrix dna_ = SubstitutionMatrix::match_mismatch(1, 4);
};

TEST_F(ParameterStoreTest, FindsAScoringOnly) {
  EXPECT_EQ(store().find(dna_, 6, 1), std::nullopt);
  store().store(dna_, 6, 1, simulated);
  store().store(dna_, 0, 0, failed);
  EXPECT_EQ(store().find(dna_, 6, 1), simulated);
  EXPECT_EQ(store().find(dna_, 0, 0), failed);
  EXPECT_EQ(store().find(dna_, 6, 2), std::nullopt);
  EXPECT_EQ(store().find(dna_, 5, 1), std::nullopt);
  EXPECT_EQ(store().find(SubstitutionMatrix::match_mismatch(1, 3), 6, 1), std::nullopt);
}

TEST_F(ParameterStoreTest, TakesABrokenFileForNone) {
  const std::string broken[] = {"garbage",
                                "{\"lambda\": 0.2}",
                                "{\"failure\": 3}",
                                "3",
                                "null",
                                "",
                                "{\"lambda\": -1, \"k\": 1, \"alpha\": 1, \"beta\": 0}"};
  const base::KeyedCache files(temporary_.path());
  for (const std::string& text : broken) {
    store().store(dna_, 6, 1, simulated);
    for (const auto& file : std::filesystem::directory_iterator(temporary_.path())) {
      std::ifstream in(file.path());
      std::string contents{std::istreambuf_iterator<char>(in), {}};
      std::ofstream(file.path()) << contents.substr(0, contents.rfind('{')) << text;
    }
    EXPECT_EQ(store().find(dna_, 6, 1), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace anneal::search
