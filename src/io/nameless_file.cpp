#include "io/nameless_file.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "anneal/error.h"

namespace anneal::io {
namespace {

std::string temporary_directory() {
  const char* directory = std::getenv("TMPDIR");
  return directory != nullptr && *directory != '\0' ? directory : "/tmp";
}

}  // namespace

NamelessFile::NamelessFile() : NamelessFile(std::string()) {}

NamelessFile::NamelessFile(std::string folder)
    : fix_(folder.empty() ? "set TMPDIR to a folder with room" : "free some space or choose another folder"),
      folder_(folder.empty() ? temporary_directory() : std::move(folder)) {
  std::string path = folder_ + "/anneal-spool-XXXXXX";
  file_ = FileDescriptor(mkstemp(path.data()));
  if (!file_.is_open()) fail("create");
  unlink(path.c_str());
}

void NamelessFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
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

void NamelessFile::fail(std::string_view action) const {
  throw Error(ErrorCode::io,
              fmt::format("cannot {} a temporary file in '{}': {}; {}", action, folder_, std::strerror(errno), fix_));
}

}  // namespace anneal::io
