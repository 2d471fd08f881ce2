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
  MemorySource(std::string name, std::string_view bytes) : name_(std::move(name)), rest_(bytes) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), rest_.size());
    if (count > 0) std::memcpy(buffer.data(), rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }
  const std::string& name() const override { return name_; }

 private:
  std::string name_;
  std::string_view rest_;
};

}  // namespace anneal::io
