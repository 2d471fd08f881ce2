// A source of which the first bytes were taken already, to look at them.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "io/byte_source.h"

namespace anneal::io {

class ResumedSource final : public ByteSource {
 public:
  /// `head` is what was read from `rest` before.
  ResumedSource(std::string head, std::unique_ptr<ByteSource> rest) : head_(std::move(head)), rest_(std::move(rest)) {}

  std::size_t read(std::span<char> buffer) override {
    if (position_ == head_.size()) return rest_->read(buffer);
    const std::size_t count = std::min(buffer.size(), head_.size() - position_);
    std::memcpy(buffer.data(), head_.data() + position_, count);
    position_ += count;
    return count;
  }
  std::uint64_t bytes_taken() const override { return rest_->bytes_taken(); }
  const std::string& name() const override { return rest_->name(); }

 private:
  std::string head_;
  std::unique_ptr<ByteSource> rest_;
  std::size_t position_ = 0;
};

/// Up to `size` bytes; fewer only at the end.
inline std::string read_head(ByteSource& source, std::size_t size) {
  std::string head(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const std::size_t count = source.read(std::span(head).subspan(filled));
    if (count == 0) break;
    filled += count;
  }
  head.resize(filled);
  return head;
}

}  // namespace anneal::io
