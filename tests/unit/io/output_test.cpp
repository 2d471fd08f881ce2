#include "io/output.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;
using test::thrown_by;
using testing::HasSubstr;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

mode_t mode_of(const fs::path& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 07777;
}

class OutputTest : public testing::Test {
 protected:
  fs::path path(const char* name) const { return folder_.path() / name; }
  void write_and_commit(const fs::path& file, std::string_view text) {
    Output output(file.string());
    output.write(text);
    output.commit();
  }
  test::TemporaryFolder folder_;
};

TEST_F(OutputTest, WritesAFileUnderItsNameOnceItIsWhole) {
  Output output(path("out").string());
  output.write("some ");
  output.write("text");
  output.flush();
  EXPECT_FALSE(fs::exists(path("out")));
  output.commit();
  EXPECT_EQ(contents(path("out")), "some text");
  EXPECT_EQ(files_in(folder_.path()), 1u);
}

TEST_F(OutputTest, LeavesNothingWithoutCommit) {
  folder_.write("old", "old text");
  {
    Output fresh(path("new").string()), replacing(path("old").string());
    fresh.write("text");
    replacing.write(std::string(3 << 20, 'x'));
  }
  EXPECT_EQ(files_in(folder_.path()), 1u);
  EXPECT_EQ(contents(path("old")), "old text");
}

TEST_F(OutputTest, OverwritesWhatIsWritten) {
  Output output(path("out").string());
  output.write("0123456789");
  output.overwrite(3, "abc");
  output.write("!");
  output.overwrite(0, "x");
  output.commit();
  EXPECT_EQ(contents(path("out")), "x12abc6789!");
}

TEST_F(OutputTest, WritesMoreThanItsBuffer) {
  std::string expected;
  Output output(path("out").string());
  for (std::size_t i = 0; i < 300; ++i) {
    const std::string piece(i * i % 20000 + (i == 150 ? 5u << 20 : 0u), static_cast<char>('a' + i % 26));
    output.write(piece);
    expected += piece;
  }
  output.commit();
  EXPECT_EQ(contents(path("out")), expected);
}

TEST_F(OutputTest, KeepsPermissionsAndOtherwiseObeysTheUmask) {
  folder_.write("old", "");
  fs::permissions(path("old"), fs::perms(0640));
  write_and_commit(path("old"), "x");
  EXPECT_EQ(mode_of(path("old")), 0640u);
  const mode_t mask = ::umask(027);
  write_and_commit(path("new"), "x");
  ::umask(mask);
  EXPECT_EQ(mode_of(path("new")), 0640u);
}

TEST_F(OutputTest, WritesThroughSymbolicLinks) {
  folder_.write("folder/target", "old");
  fs::create_symlink("folder/target", path("link"));
  fs::create_symlink("link", path("link to link"));
  write_and_commit(path("link to link"), "new");
  EXPECT_TRUE(fs::is_symlink(path("link to link")));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(contents(path("folder/target")), "new");

  fs::create_symlink("folder/absent", path("dangling"));
  write_and_commit(path("dangling"), "new");
  EXPECT_EQ(contents(path("folder/absent")), "new");

  fs::create_symlink("loop", path("loop"));
  EXPECT_THAT(thrown_by([&] { Output output(path("loop").string()); }).line, HasSubstr("loop"));
}

TEST_F(OutputTest, NamesWhatItCannotCreate) {
  const auto missing = thrown_by([&] { Output output(path("absent/out").string()); });
  EXPECT_EQ(missing.code, ErrorCode::io);
  EXPECT_THAT(missing.line, HasSubstr("cannot create '" + path("absent/out").string() + "'"));
  EXPECT_THAT(missing.line, HasSubstr("create the folder first"));
  EXPECT_THAT(thrown_by([&] { Output output(folder_.path().string()); }).line, HasSubstr("it is a directory"));
  EXPECT_THAT(thrown_by([&] { Output output(path("absent/").string()); }).line, HasSubstr("it is a directory"));
}

TEST_F(OutputTest, RefusesToReplaceAProtectedFile) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  folder_.write("old", "old");
  fs::permissions(path("old"), fs::perms(0444));
  EXPECT_THAT(thrown_by([&] { Output output(path("old").string()); }).line, HasSubstr("cannot overwrite"));
}

TEST_F(OutputTest, ReportsAFullDevice) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  Output output("/dev/full");
  output.write("text");
  const auto error = thrown_by([&] { output.commit(); });
  EXPECT_EQ(error.code, ErrorCode::io);
  EXPECT_THAT(error.line, HasSubstr("cannot write '/dev/full': No space left on device; free some space"));
}

TEST_F(OutputTest, WritesDevicesInPlace) {
  write_and_commit("/dev/null", "text");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(OutputTest, WritesFifosInPlace) {
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  std::string received;
  std::thread reader([&] { received = contents(path("fifo")); });
  write_and_commit(path("fifo"), "text");
  reader.join();
  EXPECT_EQ(received, "text");
  EXPECT_TRUE(fs::is_fifo(path("fifo")));
}

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
  ~Pipe() {
    close_reader();
    ::close(ends_[1]);
  }
  std::string path() const { return "/dev/fd/" + std::to_string(ends_[1]); }
  int reader() const { return ends_[0]; }
  void close_reader() { ::close(std::exchange(ends_[0], -1)); }

 private:
  int ends_[2] = {-1, -1};
};

TEST_F(OutputTest, WritesToDescriptors) {
  const Pipe pipe;
  write_and_commit(pipe.path(), "text");
  char buffer[16];
  EXPECT_EQ(::read(pipe.reader(), buffer, sizeof buffer), 4);
}

TEST_F(OutputTest, TellsABrokenPipe) {
  const auto previous = std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  Output output(pipe.path());
  output.write("text");
  pipe.close_reader();
  EXPECT_THROW(output.flush(), BrokenPipe);
  std::signal(SIGPIPE, previous);
}

TEST(OutputToStandardOutput, IsMeantByADashAndByNothing) {
  for (const char* const path : {"-", "", "/dev/stdout"}) EXPECT_EQ(Output(path).name(), "standard output");
}

}  // namespace
}  // namespace anneal::io
