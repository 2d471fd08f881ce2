#include "io/open_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

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

}  // namespace

std::string input_name(const std::string& path) { return path == "-" ? "standard input" : fmt::format("'{}'", path); }

FileDescriptor open_file(const std::string& path) {
  const std::string name = input_name(path);
  FileDescriptor file(path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                  : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) refuse_file("open", name, errno);

  struct stat status{};
  if (::fstat(file.get(), &status) != 0) refuse_file("open", name, errno);
  if (S_ISDIR(status.st_mode)) {
    throw Error(ErrorCode::io, fmt::format("cannot read {}: it is a directory; give a file", name));
  }
  return file;
}

void refuse_file(std::string_view action, const std::string& name, int error) {
  throw Error(ErrorCode::io, fmt::format("cannot {} {}: {}; {}", action, name, std::strerror(error), fix_for(error)));
}

}  // namespace anneal::io
