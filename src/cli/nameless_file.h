// A temporary file that nobody else sees.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "io/file_descriptor.h"

namespace anneal::cli {

/// Lies in TMPDIR, without a name: the system removes it when the program ends in any way. All functions throw
/// Error(io).
class NamelessFile {
 public:
  NamelessFile();

  void append(std::string_view bytes);
  /// Reads bytes from `begin` on, and returns how many; 0 at the end.
  std::size_t read(std::uint64_t begin, std::span<char> buffer) const;

 private:
  io::FileDescriptor file_;
};

}  // namespace anneal::cli
