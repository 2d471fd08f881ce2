#include "cli/folder_lock.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "anneal/error.h"

namespace anneal::cli {

FolderLock::FolderLock(const std::string& folder) {
  const std::string path = (std::filesystem::path(folder) / "lock").string();
  constexpr mode_t all_may_read_and_write = 0666;  // less what the umask takes away
  file_ = io::FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, all_may_read_and_write));
  if (!file_.is_open()) {
    throw Error(ErrorCode::io,
                fmt::format("cannot write '{}': {}; choose a folder for --checkpoint that you may write to", path,
                            std::strerror(errno)));
  }
  while (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return;
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("another run uses '{}' for --checkpoint now; wait until it has ended, or choose another folder",
                    folder));
  }
}

}  // namespace anneal::cli
