// How products of matrices are cut into pieces for threads.
#pragma once

#include <algorithm>
#include <cstdint>

#include "array/linalg/cut_steps.h"

namespace anneal::array::linalg {

/// A size in `count` pieces of about one length, all but the last of which are multiples of `step`.
class Pieces {
 public:
  /// Fewer than `count`, if there are not as many steps. All numbers at least 1.
  Pieces(std::int64_t size, std::int64_t step, std::int64_t count)
      : size_(size), step_(step), steps_((size + step - 1) / step), count_(std::min(count, steps_)) {}
  /// So many that none is longer than `longest`, a multiple of `step`.
  static Pieces up_to(std::int64_t longest, std::int64_t size, std::int64_t step) {
    return {size, step, (size + longest - 1) / longest};
  }

  std::int64_t count() const { return count_; }
  std::int64_t begin(std::int64_t k) const { return steps_ * k / count_ * step_; }
  std::int64_t length(std::int64_t k) const { return std::min(begin(k + 1), size_) - begin(k); }

 private:
  std::int64_t size_;
  std::int64_t step_;
  std::int64_t steps_;
  std::int64_t count_;
};

struct Tile {
  std::int64_t row;
  std::int64_t column;
  std::int64_t rows;
  std::int64_t columns;
};

/// Row by row.
class Tiles {
 public:
  Tiles(const Pieces& rows, const Pieces& columns) : rows_(rows), columns_(columns) {}
  std::int64_t count() const { return rows_.count() * columns_.count(); }
  Tile operator[](std::int64_t k) const {
    const std::int64_t row = k / columns_.count();
    const std::int64_t column = k % columns_.count();
    return {rows_.begin(row), columns_.begin(column), rows_.length(row), columns_.length(column)};
  }

 private:
  Pieces rows_;
  Pieces columns_;
};

/// What is to be cut.
struct ProductSize {
  std::int64_t products;  ///< of these sizes
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t inner;
};

/// Tiles of one product that follow from its shape alone, so that results do not depend on how many threads there are.
Tiles tiles_by_shape(std::int64_t rows, std::int64_t columns);

/// Calls of BLAS with fewer multiplications may be computed by other kernels, which add up in another order: OpenBLAS
/// has some for less than 28 * 512 * 512 (sgemm_kernel_direct_performant() in its kernel/x86_64).
inline constexpr std::int64_t least_multiplications = std::int64_t{1} << 23;

/// Whether a product is large enough for its rows to be cut where threads need it.
bool has_rows_to_cut(const ProductSize& size);

/// Tiles of one product, cut at multiples of `steps`, of which that of rows is known, so that `threads` have equally
/// much to do; if that matters not, into pieces of at most `most_rows`. The larger they are, the less often BLAS
/// repacks its operands.
Tiles tiles_for_threads(const ProductSize& size, const CutSteps& steps, std::int64_t threads, std::int64_t most_rows);

}  // namespace anneal::array::linalg
