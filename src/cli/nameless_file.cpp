#include "cli/nameless_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

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

}  // namespace

NamelessFile::NamelessFile() {
  std::string path = temporary_directory() + "/anneal-spool-XXXXXX";
  file_ = io::FileDescriptor(mkstemp(path.data()));
  if (!file_.is_open()) fail("create");
  unlink(path.c_str());
}

void NamelessFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::size_t NamelessFile::read(std::uint64_t begin, std::span<char> buffer) const {
  while (true) {
    const ssize_t count = pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(begin));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read");
    return static_cast<std::size_t>(count);
  }
}

}  // namespace anneal::cli
