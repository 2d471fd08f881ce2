#include "base/cache_dir.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "unit/base/temporary_folder.h"

namespace anneal::base {
namespace {

// Puts an environment variable back when the test ends.
class Variable {
 public:
  explicit Variable(const char* name) : name_(name) {
    if (const char* value = std::getenv(name)) before_ = value;
  }
  ~Variable() { before_ ? set(before_->c_str()) : unset(); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  void set(const char* value) const { ::setenv(name_, value, 1); }
  void unset() const { ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(CacheDir, FollowsTheXdgSpecification) {
  const Variable cache("XDG_CACHE_HOME");
  const Variable home("HOME");
  cache.set("/somewhere/cache");
  home.set("/home/someone");
  EXPECT_EQ(cache_dir(), "/somewhere/cache/anneal");
  for (const char* ignored : {"", "relative/cache"}) {
    cache.set(ignored);
    EXPECT_EQ(cache_dir(), "/home/someone/.cache/anneal");
  }
  cache.unset();
  EXPECT_EQ(cache_dir(), "/home/someone/.cache/anneal");
  home.unset();
  EXPECT_EQ(cache_dir(), std::nullopt);
}

class CacheFile : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

TEST_F(CacheFile, ComesBackAsWritten) {
  const auto file = folder_.path() / "new" / "folder" / "file";
  const std::string contents("a\0b\n", 4);
  EXPECT_TRUE(write_cache_file(file, "before"));
  EXPECT_TRUE(write_cache_file(file, contents));
  EXPECT_EQ(read_cache_file(file), contents);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1);
}

TEST_F(CacheFile, MayBeEmpty) {
  EXPECT_TRUE(write_cache_file(folder_.path() / "file", ""));
  EXPECT_EQ(read_cache_file(folder_.path() / "file"), "");
}

TEST_F(CacheFile, WhatCannotBeReadIsAbsent) {
  EXPECT_EQ(read_cache_file(folder_.path() / "absent"), std::nullopt);
  EXPECT_EQ(read_cache_file(folder_.path()), std::nullopt);
  EXPECT_EQ(read_cache_file("/dev/zero"), std::nullopt);
  folder_.write("large", std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(read_cache_file(folder_.path() / "large"), std::nullopt);
}

TEST_F(CacheFile, WhatCannotBeWrittenIsNoError) {
  folder_.write("file", "in the way of a folder");
  EXPECT_FALSE(write_cache_file(folder_.path() / "file" / "below", "text"));
  EXPECT_FALSE(write_cache_file("/proc/anneal/file", "text"));
  std::filesystem::create_directories(folder_.path() / "target" / "inner");
  EXPECT_FALSE(write_cache_file(folder_.path() / "target", "text"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 2);
}

}  // namespace
}  // namespace anneal::base
