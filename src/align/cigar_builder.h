// Collects a CIGAR from its last column to its first.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "anneal/cigar.h"

namespace anneal::align {

class CigarBuilder {
 public:
  /// Appends to `ops`; what is there already stays.
  explicit CigarBuilder(std::vector<CigarOp>& ops) : ops_(ops), first_(ops.size()) {}

  void prepend(CigarOp::Code code, std::int64_t length) {
    if (length == 0) return;
    if (code != code_) {
      flush();
      code_ = code;
    }
    length_ += length;
  }

  struct Mark {
    std::size_t size;
    CigarOp::Code code;
    std::int64_t length;
  };
  Mark mark() const { return {ops_.size(), code_, length_}; }
  /// Forgets what was prepended since.
  void return_to(const Mark& mark) {
    ops_.erase(ops_.begin() + static_cast<std::ptrdiff_t>(mark.size), ops_.end());
    code_ = mark.code;
    length_ = mark.length;
  }

  /// Puts the runs into reading order. Call once, last.
  void finish() {
    flush();
    std::reverse(ops_.begin() + static_cast<std::ptrdiff_t>(first_), ops_.end());
  }

 private:
  void flush() {
    for (; length_ > CigarOp::max_length; length_ -= CigarOp::max_length) ops_.emplace_back(code_, CigarOp::max_length);
    if (length_ > 0) ops_.emplace_back(code_, static_cast<std::uint32_t>(length_));
    length_ = 0;
  }

  std::vector<CigarOp>& ops_;
  std::size_t first_;
  CigarOp::Code code_ = CigarOp::equal;
  std::int64_t length_ = 0;
};

}  // namespace anneal::align
