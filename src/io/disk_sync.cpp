#include "io/disk_sync.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "io/file_descriptor.h"

namespace anneal::io {

bool sync_file(int descriptor) {
#ifdef F_FULLFSYNC
  // There fsync() leaves the data in the disk's own cache.
  if (::fcntl(descriptor, F_FULLFSYNC) == 0) return true;
#endif
  while (::fsync(descriptor) != 0) {
    if (errno == EINTR) continue;
    return errno == EINVAL || errno == ENOSYS || errno == ENOTSUP || errno == EOPNOTSUPP;
  }
  return true;
}

bool sync_folder(const std::string& path) {
  const FileDescriptor folder(::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return errno == EACCES;
  return sync_file(folder.get());
}

}  // namespace anneal::io
