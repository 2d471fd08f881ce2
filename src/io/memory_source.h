// Bytes that lie in memory already.
#pragma once

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "io/byte_source.h"

namespace anneal::io {

class MemorySource final : public ByteSource {
 public:
  /// Borrows `bytes`.
  MemorySource(std::string name, std::string_view bytes) : name_(std::move(name)), size_(bytes.size()), rest_(bytes) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), rest_.size());
    if (count > 0) std::memcpy(buffer.data(), rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }
  std::uint64_t bytes_taken() const override { return size_ - rest_.size(); }
  const std::string& name() const override { return name_; }

 private:
  std::string name_;
  std::size_t size_;
  std::string_view rest_;
};

}  // namespace anneal::io
