#include "cli/folder_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"

namespace anneal::cli {
namespace {

using test::TemporaryFolder;
using test::thrown_by;
using testing::HasSubstr;

TEST(FolderLock, IsHeldByOneAtATime) {
  const TemporaryFolder folder;
  const std::string path = folder.path().string();
  std::optional<FolderLock> first(path);
  const test::Thrown thrown = thrown_by([&] { FolderLock second(path); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  EXPECT_THAT(thrown.line, HasSubstr(path));
  first.reset();
  EXPECT_NO_THROW(FolderLock third(path));
}

TEST(FolderLock, IsOfItsFolderOnly) {
  const TemporaryFolder one;
  const TemporaryFolder other;
  const FolderLock lock(one.path().string());
  EXPECT_NO_THROW(FolderLock(other.path().string()));
}

TEST(FolderLock, NeedsAFolder) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "none").string();
  const test::Thrown thrown = thrown_by([&] { FolderLock lock(path); });
  EXPECT_EQ(thrown.code, ErrorCode::io);
  EXPECT_THAT(thrown.line, HasSubstr(path));
}

}  // namespace
}  // namespace anneal::cli
