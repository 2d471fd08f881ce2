// Where bytes come from: a file, memory, or another source that is being decompressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace anneal::io {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Writes the next bytes into `buffer`, which must not be empty, and returns their number; 0 only at the end.
  /// Throws Error(io) where reading fails and Error(invalid_input) where compressed data are truncated or damaged.
  virtual std::size_t read(std::span<char> buffer) = 0;

  /// Bytes taken so far from what lies lowest: of a compressed file, compressed ones.
  virtual std::uint64_t bytes_taken() const = 0;

  /// The source's name as messages print it: 'reads.fa', quotes included, or standard input.
  virtual const std::string& name() const = 0;
};

}  // namespace anneal::io
