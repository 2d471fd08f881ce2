// Cuts a byte source into lines without copying them.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "io/byte_source.h"

namespace anneal::io {

class LineReader {
 public:
  static constexpr std::size_t default_block = std::size_t{512} << 10;

  /// A line longer than `block_size` comes in pieces.
  explicit LineReader(std::unique_ptr<ByteSource> source, std::size_t block_size = default_block);

  static constexpr int end_of_input = -1;

  /// The next byte, which stays, or end_of_input.
  int peek() {
    if (begin_ == end_ && !refill()) return end_of_input;
    return static_cast<unsigned char>(buffer_[begin_]);
  }

  /// What has been read from the source already, and a way to skip a part of it.
  std::string_view buffered() const { return {buffer_.get() + begin_, end_ - begin_}; }
  void skip(std::size_t bytes) { begin_ += bytes; }

  struct Piece {
    std::string_view text;  ///< without the line's end, valid until the next call
    bool ends_line = true;
  };

  /// The next line, without "\n" or "\r\n", or a piece of it. Call only where peek() is not end_of_input.
  Piece next();

  std::uint64_t bytes_taken() const { return source_->bytes_taken(); }  ///< as ByteSource counts
  const std::string& name() const { return source_->name(); }

 private:
  bool refill();

  std::unique_ptr<ByteSource> source_;
  std::size_t capacity_;
  std::unique_ptr<char[]> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
};

}  // namespace anneal::io
