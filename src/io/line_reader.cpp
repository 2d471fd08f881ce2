#include "io/line_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace anneal::io {
namespace {

constexpr std::size_t smallest_block = 2;  // so that a carriage return and what follows it fit

std::string_view without_carriage_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

LineReader::LineReader(std::unique_ptr<ByteSource> source, std::size_t block_size)
    : source_(std::move(source)), capacity_(std::max(block_size, smallest_block)),
      buffer_(std::make_unique_for_overwrite<char[]>(capacity_)) {}

LineReader::Piece LineReader::next() {
  std::size_t searched = 0;
  while (true) {
    const char* const line = buffer_.get() + begin_;
    const std::size_t size = end_ - begin_;
    if (const void* found = std::memchr(line + searched, '\n', size - searched)) {
      const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - line);
      begin_ += length + 1;
      return {without_carriage_return({line, length}), true};
    }
    searched = size;
    if (size == capacity_) {
      // A carriage return here may belong to the line's end, which has not been read yet.
      const std::size_t length = line[size - 1] == '\r' ? size - 1 : size;
      begin_ += length;
      return {{line, length}, false};
    }
    if (!refill()) {
      begin_ = end_;
      return {without_carriage_return({buffer_.get(), size}), true};
    }
  }
}

// Moves what is left to the front of the buffer and reads behind it.
bool LineReader::refill() {
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (at_end_) return false;
  const std::size_t count = source_->read(std::span(buffer_.get(), capacity_).subspan(end_));
  at_end_ = count == 0;
  end_ += count;
  return count > 0;
}

}  // namespace anneal::io
