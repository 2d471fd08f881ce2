// A read as codes for alignments.
#pragma once

#include <cstddef>
#include <string_view>

#include "map/letter_arena.h"

namespace anneal::map {

/// Codes of both strands: 0..3 for A, C, G, T or U, 4 for others. They lie in an arena, which must outlive it.
class Strands {
 public:
  Strands(std::string_view letters, LetterArena& arena);

  std::string_view operator[](bool is_reverse) const { return {codes_ + (is_reverse ? length_ : 0), length_}; }
  int length() const { return static_cast<int>(length_); }

 private:
  std::size_t length_;
  const char* codes_ = nullptr;
};

}  // namespace anneal::map
