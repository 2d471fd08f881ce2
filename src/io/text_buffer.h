// Text that grows in place where the allocator can, for sequences of any length.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

namespace anneal::io {

class TextBuffer {
 public:
  TextBuffer() = default;
  explicit TextBuffer(std::size_t capacity) { reserve(capacity); }

  char* data() { return data_.get(); }
  const char* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  std::string_view view() const { return {data_.get(), size_}; }

  void clear() { size_ = 0; }

  void append(std::string_view text) {
    if (text.empty()) return;
    if (capacity_ - size_ < text.size()) reserve(std::max(size_ + text.size(), 2 * capacity_));
    std::memcpy(data_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }

  void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    void* const grown = std::realloc(data_.get(), capacity);
    if (grown == nullptr) throw std::bad_alloc();
    [[maybe_unused]] char* const moved = data_.release();  // realloc() has freed it
    data_.reset(static_cast<char*>(grown));
    capacity_ = capacity;
  }

 private:
  struct Free {
    void operator()(char* data) const { std::free(data); }
  };

  std::unique_ptr<char, Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace anneal::io
