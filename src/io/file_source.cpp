#include "io/file_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "anneal/error.h"

namespace anneal::io {
namespace {

std::string_view fix_for(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return "check the path";
    case EACCES:
      return "make it readable, e.g. with chmod +r";
    case EMFILE:
    case ENFILE:
      return "close other files or raise the limit with ulimit -n";
    default:
      return "check the file and its disk";
  }
}

[[noreturn]] void fail(std::string_view action, const std::string& name, int error) {
  throw Error(ErrorCode::io, fmt::format("cannot {} {}: {}; {}", action, name, std::strerror(error), fix_for(error)));
}

}  // namespace

FileSource::FileSource(const std::string& path) : name_(path == "-" ? "standard input" : fmt::format("'{}'", path)) {
  const int descriptor =
      path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("open", name_, errno);
  file_ = FileDescriptor(descriptor);

  struct stat status{};
  if (::fstat(file_.get(), &status) != 0) fail("open", name_, errno);
  if (S_ISDIR(status.st_mode)) {
    throw Error(ErrorCode::io, fmt::format("cannot read {}: it is a directory; give a FASTA or FASTQ file", name_));
  }
}

std::size_t FileSource::read(std::span<char> buffer) {
  while (true) {
    const ssize_t count = ::read(file_.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", name_, errno);
    bytes_taken_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }
}

}  // namespace anneal::io
