// What the kernel for gaps of two pieces works on: one pair, in differences between neighbouring scores, a vector along
// each antidiagonal i + j (Suzuki and Kasahara, BMC Bioinformatics 19, 2018). With z(i,j) = H(i,j) - H(i-1,j-1):
//
//   u(i,j) = H(i,j) - H(i-1,j) = z(i,j) - v(i-1,j)     x(i,j) = E(i,j+1) - H(i,j) = max(E(i,j) - H(i,j), -open) -
//   extend v(i,j) = H(i,j) - H(i,j-1) = z(i,j) - u(i,j-1)     y(i,j) = F(i+1,j) - H(i,j), and x2 and y2 of the second
//   piece z(i,j) = max(score(i,j), x(i,j-1) + u(i,j-1), y(i-1,j) + v(i-1,j), ...)
//
// How large they are does not depend on the lengths.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "align/cpu/diagonal_job.h"
#include "align/problem.h"

namespace anneal::align::cpu {

class Ksw2Progress;

/// The prices of gaps, as two pieces: where there is one, the second is dearer by 1 at every length, so that no gap
/// takes it and no score equals it.
struct TwoPieces {
  explicit TwoPieces(const Boundary& boundary)
      : first{boundary.gap_open, boundary.gap_extend},
        second(boundary.second_gap.value_or(GapCost{boundary.gap_open + 1, boundary.gap_extend})) {}

  GapCost first;
  GapCost second;
};

/// How large differences are.
struct DifferenceRange {
  DifferenceRange(const SubstitutionMatrix& matrix, const Boundary& boundary);

  /// Whether `bits` bits hold all of them, and what is computed on the way.
  bool fits(int bits) const { return largest < std::int64_t{1} << (bits - 1); }
  int narrowest_bits() const { return fits(8) ? 8 : fits(16) ? 16 : 32; }

  std::int32_t unreachable;  ///< x or y where the band or the matrix ends: less than any gap that counts
  std::int64_t largest;      ///< magnitude
};

/// The row of an antidiagonal's first trace byte, where vectors have so many lanes.
inline std::int64_t traced_from(const DiagonalRange& range, std::int64_t lanes) {
  return range.first_row - range.first_row % lanes;
}

/// H along one path through the band, down to the last cell.
struct CornerScore {
  std::int64_t score = 0;  ///< H of the cell in that row, on the last antidiagonal that was computed
  std::int64_t row = 0;
  std::int64_t from = 0;  ///< the antidiagonal on which it begins
};

/// Computes antidiagonals first + 1 .. last. Arrays are of the kernel's type and aligned, indexed by row 0..rows; from
/// one vector before to one beyond they may be read and written, whole vectors at multiples of their lanes.
struct TwoPieceJob {
  const std::uint8_t* query = nullptr;            ///< code of row i at [i]; readable one vector beyond
  const std::uint8_t* target_reversed = nullptr;  ///< code of column j at [columns - j]; so, and one vector before
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t row_limit = 0;     ///< rows beyond are not needed
  std::int64_t column_limit = 0;  ///< columns beyond are not needed
  const ScoreTable* scores = nullptr;
  Boundary boundary;
  Band band;
  std::int32_t unreachable = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;

  void* u = nullptr;
  void* v = nullptr;
  void* x = nullptr;
  void* y = nullptr;
  void* x2 = nullptr;
  void* y2 = nullptr;

  CornerScore* corner = nullptr;     ///< null where it is not wanted
  Ksw2Progress* progress = nullptr;  ///< of an extension, which may stop before `last`; else null

  std::uint8_t* trace = nullptr;  ///< where not null: trace_stride per antidiagonal, see traced_from()
  std::size_t trace_stride = 0;
  GapPlacement placement = GapPlacement::leftmost;
};

}  // namespace anneal::align::cpu
