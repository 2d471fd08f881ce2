// Memory for letters that stays where it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace anneal::map {

class LetterArena {
 public:
  char* allocate(std::size_t bytes) {
    if (bytes > room_) add_chunk(bytes);
    char* const memory = next_;
    next_ += bytes;
    room_ -= bytes;
    return memory;
  }

 private:
  void add_chunk(std::size_t bytes) {
    constexpr std::size_t usual = std::size_t{1} << 18;
    room_ = std::max(bytes, usual);
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(room_));
    next_ = chunks_.back().get();
  }

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  std::size_t room_ = 0;
};

}  // namespace anneal::map
