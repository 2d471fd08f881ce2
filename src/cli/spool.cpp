#include "cli/spool.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

std::string temporary_directory() {
  const char* directory = std::getenv("TMPDIR");
  return directory != nullptr && *directory != '\0' ? directory : "/tmp";
}

[[noreturn]] void fail(std::string_view action) {
  throw Error(ErrorCode::io, fmt::format("cannot {} a temporary file in '{}': {}; set TMPDIR to a folder with room",
                                         action, temporary_directory(), std::strerror(errno)));
}

io::FileDescriptor open_nameless() {
  std::string path = temporary_directory() + "/anneal-spool-XXXXXX";
  io::FileDescriptor file(mkstemp(path.data()));
  if (!file.is_open()) fail("create");
  unlink(path.c_str());
  return file;
}

void write_all(int descriptor, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
}

class SpooledSource final : public io::ByteSource {
 public:
  SpooledSource(const std::string& name, int descriptor) : name_(name), descriptor_(descriptor) {}

  std::size_t read(std::span<char> buffer) override {
    while (true) {
      const ssize_t count = pread(descriptor_, buffer.data(), buffer.size(), offset_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail("read");
      offset_ += count;
      return static_cast<std::size_t>(count);
    }
  }
  std::uint64_t bytes_taken() const override { return static_cast<std::uint64_t>(offset_); }
  const std::string& name() const override { return name_; }

 private:
  const std::string& name_;
  int descriptor_;
  off_t offset_ = 0;
};

}  // namespace

bool needs_spool(const std::string& path) {
  struct stat status = {};
  const bool known = path == "-" ? fstat(STDIN_FILENO, &status) == 0 : stat(path.c_str(), &status) == 0;
  if (!known) return false;
  return path == "-" || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

Spool::Spool(io::ByteSource& source, const std::stop_token& stop) : name_(source.name()), file_(open_nameless()) {
  std::vector<char> buffer(std::size_t{1} << 18);
  while (const std::size_t count = source.read(buffer)) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    write_all(file_.get(), buffer.data(), count);
  }
}

std::unique_ptr<io::ByteSource> Spool::open() const { return std::make_unique<SpooledSource>(name_, file_.get()); }

}  // namespace anneal::cli
