#include "base/keyed_cache.h"

#include <gtest/gtest.h>

#include <fstream>

#include "unit/base/temporary_folder.h"

namespace anneal::base {
namespace {

class KeyedCacheTest : public testing::Test {
 protected:
  test::TemporaryFolder temporary_;
  std::filesystem::path folder_ = temporary_.path() / "texts";
  KeyedCache cache_{folder_};
};

TEST_F(KeyedCacheTest, FindsWhatAnotherOneStored) {
  EXPECT_EQ(cache_.find("a\n"), std::nullopt);
  cache_.store("a\n", "one\ntwo");
  cache_.store("b\n", "");
  EXPECT_EQ(KeyedCache(folder_).find("a\n"), "one\ntwo");
  EXPECT_EQ(KeyedCache(folder_).find("b\n"), "");
  EXPECT_EQ(cache_.find("c\n"), std::nullopt);
  cache_.store("a\n", "three");
  EXPECT_EQ(cache_.find("a\n"), "three");
}

TEST_F(KeyedCacheTest, TakesNoFileOfAnotherKey) {
  cache_.store("a\n", "one");
  for (const auto& file : std::filesystem::directory_iterator(folder_)) std::ofstream(file.path()) << "b\none";
  EXPECT_EQ(cache_.find("a\n"), std::nullopt);
  cache_.store("a\n", "one");
  EXPECT_EQ(cache_.find("a\n"), "one");
}

TEST_F(KeyedCacheTest, KeepsNothingWithoutAFolder) {
  const KeyedCache nowhere(std::nullopt);
  nowhere.store("a\n", "one");
  EXPECT_EQ(nowhere.find("a\n"), std::nullopt);
  temporary_.write("texts", "a file in the way");
  cache_.store("a\n", "one");
  EXPECT_EQ(cache_.find("a\n"), std::nullopt);
}

TEST(BuildIdentity, IsOneLine) {
  EXPECT_FALSE(build_identity().empty());
  EXPECT_EQ(build_identity().find('\n'), std::string::npos);
}

}  // namespace
}  // namespace anneal::base
