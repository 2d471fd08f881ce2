#include "array/linalg/tiles.h"

#include <bit>
#include <numeric>
#include <optional>

namespace anneal::array::linalg {
namespace {

constexpr std::int64_t column_step = 8;

// Where rows are few, threads need several pieces of columns.
Pieces column_pieces(const ProductSize& size) {
  return Pieces::up_to(size.rows < 512 ? 1024 : 2048, size.columns, column_step);
}

std::int64_t divided_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

// Of a tile that is large enough, where the last may be almost a step shorter.
std::int64_t least_rows(const ProductSize& size, std::int64_t row_step) {
  const Pieces columns = column_pieces(size);
  const std::int64_t shortest = columns.length(columns.count() - 1);
  return divided_up(least_multiplications, shortest * size.inner) + row_step;
}

// Each thread a piece of the columns: of few rows, it costs less to pack them for each than to pack all columns.
std::optional<Tiles> columns_for_threads(const ProductSize& size, const CutSteps& steps, std::int64_t threads) {
  constexpr std::int64_t few_rows = 512;
  if (steps.columns == 0 || size.columns % steps.columns != 0) return std::nullopt;
  if (size.rows > few_rows || size.products != 1) return std::nullopt;
  const Pieces columns(size.columns, steps.columns, threads);
  const std::int64_t shortest = columns.length(columns.count() - 1);
  if (columns.count() < threads || size.rows * shortest * size.inner < least_multiplications) return std::nullopt;
  return Tiles(Pieces(size.rows, steps.rows, 1), columns);
}

}  // namespace

Tiles tiles_by_shape(std::int64_t rows, std::int64_t columns) {
  // BLAS repacks its operands for each, and a power of two of them is shared evenly by most machines' threads.
  const auto row_pieces = std::bit_ceil(static_cast<std::uint64_t>(divided_up(rows, 256)));
  return {Pieces(rows, 8, static_cast<std::int64_t>(row_pieces)), Pieces::up_to(1024, columns, column_step)};
}

bool has_rows_to_cut(const ProductSize& size) {
  constexpr std::int64_t any_step = 48;
  return size.rows >= 2 * least_rows(size, any_step);
}

Tiles tiles_for_threads(const ProductSize& size, const CutSteps& steps, std::int64_t threads, std::int64_t most_rows) {
  if (const auto tiles = columns_for_threads(size, steps, threads)) return *tiles;
  const Pieces columns = column_pieces(size);
  const std::int64_t tasks = size.products * columns.count();
  const bool are_many = tasks >= 16 * threads;
  const std::int64_t even = are_many ? 1 : threads / std::gcd(tasks, threads);
  const std::int64_t wanted = divided_up(divided_up(size.rows, most_rows), even) * even;
  const std::int64_t most = std::max<std::int64_t>(1, size.rows / least_rows(size, steps.rows));
  return {Pieces(size.rows, steps.rows, std::min(wanted, most)), columns};
}

}  // namespace anneal::array::linalg
