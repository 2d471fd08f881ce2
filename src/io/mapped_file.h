// A regular file as bytes in memory, which the system reads as they are looked at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace anneal::io {

class MappedFile {
 public:
  /// Throws Error(io) where the path cannot be opened or mapped, and for what is no regular file. A file that somebody
  /// cuts while it is mapped ends the process with SIGBUS, as does a disk that fails.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {data_, size_}; }

  /// Says that these bytes will not be needed soon, so that they no longer count as memory of this process. They can
  /// still be looked at.
  void let_go(std::size_t begin, std::size_t size) const;

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace anneal::io
