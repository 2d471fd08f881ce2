// Bytes of a file, a pipe or standard input.
#pragma once

#include "io/byte_source.h"
#include "io/file_descriptor.h"

namespace anneal::io {

class FileSource final : public ByteSource {
 public:
  /// Opens a path, or standard input for "-". Throws Error(io) where it is missing, unreadable or a directory.
  explicit FileSource(const std::string& path);

  std::size_t read(std::span<char> buffer) override;
  std::uint64_t bytes_taken() const override { return bytes_taken_; }
  const std::string& name() const override { return name_; }

 private:
  std::string name_;
  FileDescriptor file_;
  std::uint64_t bytes_taken_ = 0;
};

}  // namespace anneal::io
