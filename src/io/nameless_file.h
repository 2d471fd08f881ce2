// A temporary file that nobody else sees.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "io/file_descriptor.h"

namespace anneal::io {

/// Has no name: the system removes it when the program ends in any way. All functions throw Error(io).
class NamelessFile {
 public:
  /// In TMPDIR, or in /tmp where that is not set.
  NamelessFile();
  /// In the folder; empty: as without.
  explicit NamelessFile(std::string folder);

  void append(std::string_view bytes);
  /// Reads bytes from `begin` on, and returns how many; 0 at the end.
  std::size_t read(std::uint64_t begin, std::span<char> buffer) const;

  std::uint64_t size() const { return size_; }

 private:
  [[noreturn]] void fail(std::string_view action) const;

  std::string_view fix_;
  std::string folder_;
  FileDescriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace anneal::io
