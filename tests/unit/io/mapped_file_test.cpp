#include "io/mapped_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using testing::HasSubstr;

class MappedFileTest : public testing::Test {
 protected:
  std::string path(const char* name) const { return (folder_.path() / name).string(); }
  test::Thrown thrown_for(const char* name) const {
    return test::thrown_by([&] { MappedFile(path(name)); });
  }

  test::TemporaryFolder folder_;
};

TEST_F(MappedFileTest, HasTheBytesOfTheFile) {
  for (const std::size_t size : {0u, 1u, 4095u, 4096u, 100000u}) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * i >> 3);
    folder_.write("x", bytes);
    EXPECT_EQ(MappedFile(path("x")).bytes(), bytes);
  }
}

TEST_F(MappedFileTest, HasWhatItLetGo) {
  const std::string bytes(300000, 'x');
  folder_.write("x", bytes);
  const MappedFile file(path("x"));
  EXPECT_EQ(file.bytes(), bytes);
  file.let_go(0, bytes.size());
  file.let_go(5000, 100000);
  file.let_go(bytes.size() - 1, 1);
  EXPECT_EQ(file.bytes(), bytes);
}

TEST_F(MappedFileTest, StaysWhatItWasWhenTheFileIsReplaced) {
  folder_.write("x", "old");
  const MappedFile file(path("x"));
  folder_.write("y", "new");
  std::filesystem::rename(path("y"), path("x"));
  EXPECT_EQ(file.bytes(), "old");
}

TEST_F(MappedFileTest, RefusesWhatIsNoFile) {
  EXPECT_THAT(thrown_for("missing").line, AllOf(HasSubstr("missing'"), HasSubstr("check the path")));
  EXPECT_THAT(thrown_for("").line, HasSubstr("it is a directory"));
  const auto device = test::thrown_by([] { MappedFile("/dev/null"); });
  EXPECT_EQ(device.code, ErrorCode::io);
  EXPECT_THAT(device.line, AllOf(HasSubstr("'/dev/null'"), HasSubstr("no regular file")));
}

}  // namespace
}  // namespace anneal::io
