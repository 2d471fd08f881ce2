#include "device/self_test_cache.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "unit/base/temporary_folder.h"

namespace anneal::device {
namespace {

class SelfTestCacheTest : public testing::Test {
 protected:
  // Whether the check ran when a new process asks.
  bool checks(const std::string& backend, const std::string& processor, const std::string& build, bool result = true) {
    SelfTestCache cache(base::KeyedCache(folder_), build);
    bool ran = false;
    EXPECT_EQ(cache.passes(backend, processor,
                           [&] {
                             ran = true;
                             return result;
                           }),
              result);
    return ran;
  }

  test::TemporaryFolder temporary_;
  std::filesystem::path folder_ = temporary_.path() / "self_test";
};

TEST_F(SelfTestCacheTest, ChecksOncePerBackendProcessorAndBuild) {
  EXPECT_TRUE(checks("avx2", "cpu 1", "0.1.0"));
  EXPECT_FALSE(checks("avx2", "cpu 1", "0.1.0"));
  EXPECT_TRUE(checks("avx3", "cpu 1", "0.1.0"));
  EXPECT_TRUE(checks("avx2", "cpu 2", "0.1.0"));
  EXPECT_TRUE(checks("avx2", "cpu 1", "0.2.0"));
  EXPECT_FALSE(checks("avx2", "cpu 1", "0.1.0"));
}

TEST_F(SelfTestCacheTest, ChecksAFailureAgainInTheNextProcess) {
  EXPECT_TRUE(checks("avx2", "cpu", "0.1.0", false));
  EXPECT_TRUE(checks("avx2", "cpu", "0.1.0", false));
  EXPECT_TRUE(checks("avx2", "cpu", "0.1.0", true));
  EXPECT_FALSE(checks("avx2", "cpu", "0.1.0", true));
}

TEST_F(SelfTestCacheTest, RemembersInMemory) {
  SelfTestCache cache(base::KeyedCache(std::nullopt), "0.1.0");
  int ran = 0;
  for (const bool result : {true, false}) {
    const std::string backend = result ? "avx2" : "avx3";
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(cache.passes(backend, "cpu",
                             [&] {
                               ++ran;
                               return result;
                             }),
                result);
    }
  }
  EXPECT_EQ(ran, 2);
}

TEST_F(SelfTestCacheTest, DoesNotRememberExceptions) {
  SelfTestCache cache(base::KeyedCache(folder_), "0.1.0");
  EXPECT_THROW(cache.passes("avx2", "cpu", []() -> bool { throw std::runtime_error("no"); }), std::runtime_error);
  EXPECT_TRUE(cache.passes("avx2", "cpu", [] { return true; }));
}

// A GPU's engine leaves what it cannot do to the CPU's.
TEST_F(SelfTestCacheTest, ACheckMayAskForAnotherBackend) {
  SelfTestCache cache(base::KeyedCache(folder_), "0.1.0");
  const auto ask_for_other = [&] { return cache.passes("avx2", "cpu 1", [] { return true; }); };
  EXPECT_TRUE(cache.passes("cuda", "gpu 1", ask_for_other));
}

TEST_F(SelfTestCacheTest, CorruptFilesMeanAnotherCheck) {
  EXPECT_TRUE(checks("avx2", "cpu", "0.1.0"));
  for (const auto& file : std::filesystem::directory_iterator(folder_)) std::ofstream(file.path()) << "garbage";
  EXPECT_TRUE(checks("avx2", "cpu", "0.1.0"));
  EXPECT_FALSE(checks("avx2", "cpu", "0.1.0"));
}

TEST_F(SelfTestCacheTest, AnUnusableFolderMeansAnotherCheck) {
  temporary_.write("self_test", "a file in the way");
  EXPECT_TRUE(checks("avx2", "cpu", "0.1.0"));
  EXPECT_TRUE(checks("avx2", "cpu", "0.1.0"));
}

TEST_F(SelfTestCacheTest, TheSharedOneIsOne) { EXPECT_EQ(&SelfTestCache::shared(), &SelfTestCache::shared()); }

}  // namespace
}  // namespace anneal::device
