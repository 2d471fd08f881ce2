// Collects a CIGAR from its last column to its first.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "anneal/cigar.h"

namespace anneal::align {

/// Columns first .. last - 1 without a gap: bit k % 64 of word k / 64 tells whether the letters of column k are equal.
struct EqualColumns {
  static constexpr std::int64_t word_bits = 64;

  const std::uint64_t* bits = nullptr;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

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

  /// Prepends the = and X runs of these columns; returns how many are equal.
  std::int64_t prepend_columns(const EqualColumns& columns) {
    std::int64_t equals = 0;
    for (std::int64_t end = columns.last; end > columns.first;) {
      constexpr std::int64_t word_bits = EqualColumns::word_bits;
      const std::int64_t word = (end - 1) / word_bits, begin = std::max(columns.first, word * word_bits);
      // From the highest bit down: the last column, the one before it ...
      std::uint64_t bits = columns.bits[word] << ((word + 1) * word_bits - end);
      std::uint64_t run_ends = bits ^ bits << 1;
      CigarOp::Code code = bits >> (word_bits - 1) != 0 ? CigarOp::equal : CigarOp::mismatch;
      for (std::int64_t left = end - begin; left > 0;) {
        const std::int64_t length = std::min<std::int64_t>(std::countl_zero(run_ends) + 1, left);
        prepend(code, length);
        if (code == CigarOp::equal) equals += length;
        code = code == CigarOp::equal ? CigarOp::mismatch : CigarOp::equal;
        run_ends = run_ends << (length - 1) << 1;
        left -= length;
      }
      end = begin;
    }
    return equals;
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
