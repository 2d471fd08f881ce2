#include "io/disk_sync.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <vector>

#include "io/output.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"

namespace {

// What this program's calls of fsync() do, while a test looks at them.
std::function<int(int descriptor)> on_fsync;

}  // namespace

// Comes before the C library's.
extern "C" int fsync(int descriptor) { return on_fsync ? on_fsync(descriptor) : 0; }

namespace anneal::io {
namespace {

using test::TemporaryFolder;
using test::thrown_by;
using testing::HasSubstr;

class DiskSync : public testing::Test {
 protected:
  void SetUp() override {
#ifndef __linux__
    GTEST_SKIP() << "other systems have other calls";
#endif
    on_fsync = [this](int descriptor) {
      struct stat status{};
      ::fstat(descriptor, &status);
      calls_.push_back({S_ISDIR(status.st_mode), status.st_size, std::filesystem::exists(path_)});
      errno = failure_;
      return failure_ != 0 && calls_.size() == failing_call_ ? -1 : 0;
    };
  }
  void TearDown() override { on_fsync = nullptr; }

  struct Call {
    bool is_folder;
    off_t size;
    bool has_name;  // the file that is written
  };

  void write() {
    Output output(path_);
    output.write("abc");
    output.commit_to_disk();
  }

  TemporaryFolder folder_;
  std::string path_ = (folder_.path() / "file").string();
  std::vector<Call> calls_;
  int failure_ = 0;
  std::size_t failing_call_ = 1;
};

TEST_F(DiskSync, IsOfTheWholeFileBeforeItHasItsNameAndThenOfTheFolder) {
  write();
  ASSERT_EQ(calls_.size(), 2);
  EXPECT_FALSE(calls_[0].is_folder);
  EXPECT_EQ(calls_[0].size, 3);
  EXPECT_FALSE(calls_[0].has_name);
  EXPECT_TRUE(calls_[1].is_folder);
  EXPECT_TRUE(calls_[1].has_name);
}

TEST_F(DiskSync, ThatFailsLeavesNoFile) {
  failure_ = EIO;
  EXPECT_THAT(thrown_by([this] { write(); }).line, HasSubstr(path_));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(DiskSync, ThatFailsForTheFolderIsAnError) {
  failure_ = EIO;
  failing_call_ = 2;
  EXPECT_THAT(thrown_by([this] { write(); }).line, HasSubstr(path_));
}

TEST_F(DiskSync, MayBeUnknownToTheFileSystem) {
  failure_ = EINVAL;
  write();
  EXPECT_EQ(calls_.size(), 2);
  EXPECT_TRUE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace anneal::io
