// Damage of a saved index is noticed, whichever byte it is.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "anneal/error.h"
#include "anneal/map.h"
#include "unit/base/temporary_folder.h"

namespace anneal {
namespace {

class SavedIndexFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string letters;
    for (std::uint32_t i = 0, state = 1; i < 600; ++i) {
      state = state * 1664525 + 1013904223;
      letters += "ACGT"[state >> 30];
    }
    folder_.write("genome.fa", ">a\n" + letters + "\n");
    MapIndex::build((folder_.path() / "genome.fa").string(), MapPreset::sr).save(path_);
    std::ifstream file(path_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
  }

  bool is_refused() const {
    try {
      MapIndex::load(path_, MapPreset::sr);
    } catch (const Error& error) {
      return error.code() == ErrorCode::invalid_input;
    }
    return false;
  }

  test::TemporaryFolder folder_;
  std::string path_ = (folder_.path() / "genome.mmi").string();
  std::string bytes_;
};

// Most of them are the counts of buckets that hold nothing.
bool is_worth_a_look(const std::string& bytes, std::size_t at) {
  constexpr std::size_t stride = 5;
  return bytes[at] != 0 || at < 100 || at + 100 > bytes.size() || at % stride == 0;
}

TEST_F(SavedIndexFile, IsRefusedWithAnyByteChanged) {
  EXPECT_FALSE(is_refused());
  std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    if (!is_worth_a_look(bytes_, at)) continue;
    const auto put = [&](char byte) {
      file.seekp(static_cast<std::streamoff>(at));
      file.put(byte).flush();
    };
    put(static_cast<char>(bytes_[at] ^ (1 << at % 8)));
    EXPECT_TRUE(is_refused()) << at;
    put(bytes_[at]);
  }
  EXPECT_FALSE(is_refused());
}

TEST_F(SavedIndexFile, IsRefusedWhereverItEnds) {
  for (std::size_t size = bytes_.size(); size-- > 0;) {
    if (!is_worth_a_look(bytes_, size)) continue;
    std::filesystem::resize_file(path_, size);
    EXPECT_TRUE(is_refused()) << size;
  }
}

}  // namespace
}  // namespace anneal
