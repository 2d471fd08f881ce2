#include "cli/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

namespace anneal::cli {

void reserve_standard_streams() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    // The wrong direction, so that reading from a missing input and writing to a missing output remain errors.
    const int direction = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    ::open("/dev/null", direction);
  }
}

}  // namespace anneal::cli
