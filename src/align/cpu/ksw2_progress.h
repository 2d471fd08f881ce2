// How far an extension as ksw2's has come: its best cell, the query's end, and z-drop.
#pragma once

#include <cstdint>

#include "align/cpu/diagonal_job.h"
#include "align/cpu/scratch.h"
#include "align/problem.h"
#include "align/scalar/extend.h"

namespace anneal::align::cpu {

/// Takes antidiagonal after antidiagonal. Where the best cell is on its antidiagonal, only z-drop and the result ask, so
/// that antidiagonal's scores are kept until another one is better.
class Ksw2Progress {
 public:
  /// `bits`, 16 or 32, hold every score. Neither side may be empty.
  Ksw2Progress(const Problem& whole, int zdrop, int bits, std::size_t lanes, ScratchBytes& memory);

  int bits() const { return bits_; }
  /// H of the antidiagonal before, by row. Rows next to those inside matrix and band hold the matrix's first column,
  /// or the cell diagonally before the one that would need them.
  template <typename H>
  const H* before() const {
    return reinterpret_cast<const H*>(array(before_));
  }
  /// Where H of the next antidiagonal goes.
  template <typename H>
  H* next() {
    return reinterpret_cast<H*>(array(next_));
  }

  /// Takes that antidiagonal, of which `highest` is the best score. Returns whether the extension goes on.
  bool take(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest);

  scalar::ExtensionResult result();
  std::uint64_t cells() const { return cells_; }

 private:
  struct Place {
    std::int64_t i = 0;
    std::int64_t j = 0;
  };

  std::uint8_t* array(int index) const { return memory_ + static_cast<std::size_t>(index) * array_bytes_; }
  std::int32_t h(int index, std::int64_t row) const;
  void set_edge(std::int64_t diagonal, const DiagonalRange& range);
  void rotate();
  void offer_query_end(std::int64_t diagonal, std::int32_t score);
  bool drops(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest);
  Place place_of(int index, std::int64_t diagonal, const DiagonalRange& range, std::int32_t score) const;
  void settle_best();

  static constexpr int none = -1;

  const Problem& whole_;
  int zdrop_;
  int drop_extend_;
  int bits_;
  std::size_t array_bytes_;
  std::uint8_t* memory_;
  int before_ = 0, next_ = 1;
  int best_array_ = none;  // where the best antidiagonal is, unless its place is known
  std::int64_t best_diagonal_ = 0;
  DiagonalRange best_range_{1, 0};
  Place best_;
  std::uint64_t cells_ = 0;
  scalar::ExtensionResult result_;
};

}  // namespace anneal::align::cpu
