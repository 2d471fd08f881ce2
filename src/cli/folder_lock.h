// A folder that one process at a time may use.
#pragma once

#include <string>

#include "io/file_descriptor.h"

namespace anneal::cli {

/// Holds the folder while it lives, by a lock on a file in it that goes when the process ends, however it does. On a
/// file system without locks it holds nothing.
class FolderLock {
 public:
  /// The folder must exist. Throws Error(invalid_argument) where another process, or another lock of this one, holds
  /// it, and Error(io) where the file cannot be made.
  explicit FolderLock(const std::string& folder);

 private:
  io::FileDescriptor file_;
};

}  // namespace anneal::cli
