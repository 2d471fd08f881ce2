#include "array/gpu/transpose.h"

#include <cstdlib>
#include <optional>
#include <string>

#include "array/gpu/element_text.h"
#include "array/gpu/launch.h"

namespace anneal::array::gpu {
namespace {

constexpr std::int64_t tile = 32;
constexpr unsigned threads = 256;

// Rows are neighbours in `from`, columns in `to`.
struct TransposeValue {
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t from_row;
  std::int64_t from_column;
  std::int64_t to_row;
  std::int64_t to_column;
  std::int64_t row_tiles;
  std::int64_t column_tiles;
  std::int64_t start;
};

constexpr const char* text = R"code(
struct Transpose {
  i64 rows;
  i64 columns;
  i64 from_row;
  i64 from_column;
  i64 to_row;
  i64 to_column;
  i64 row_tiles;
  i64 column_tiles;
  i64 start;
};

KERNEL(copy_tiles)
IN(Bits, from, 0), OUT(Bits, to, 1), VALUE(Axes, axes, 2), VALUE(Transpose, transpose, 3) END {
  SHARED Bits tile[32 * 33];
  const i64 column = GROUP_X % transpose.column_tiles * 32;
  const i64 row = GROUP_X / transpose.column_tiles % transpose.row_tiles * 32;
  i64 source = transpose.start;
  i64 target = 0;
  LOCATE(axes, INDEX(GROUP_X / transpose.column_tiles / transpose.row_tiles), source, target)
  const u32 near = THREAD % 32;
  UNROLL for (u32 far = THREAD / 32; far < 32; far += 8) {
    if (row + near < transpose.rows && column + far < transpose.columns) {
      tile[far * 33 + near] = from[source + (row + near) * transpose.from_row + (column + far) * transpose.from_column];
    }
  }
  BARRIER();
  UNROLL for (u32 far = THREAD / 32; far < 32; far += 8) {
    if (row + far < transpose.rows && column + near < transpose.columns) {
      to[target + (row + far) * transpose.to_row + (column + near) * transpose.to_column] = tile[near * 33 + far];
    }
  }
}
)code";

// The axis along which elements are nearest in an array, of those that move at all.
std::optional<std::size_t> nearest(const Shape& strides) {
  std::optional<std::size_t> best;
  for (std::size_t axis = 0; axis < strides.size(); ++axis) {
    if (strides[axis] != 0 && (!best || std::abs(strides[axis]) < std::abs(strides[*best]))) best = axis;
  }
  return best;
}

Axes without(const Axes& axes, std::size_t a, std::size_t b) {
  Axes rest;
  for (std::size_t axis = 0; axis < axes.shape.size(); ++axis) {
    if (axis == a || axis == b) continue;
    rest.shape.push_back(axes.shape[axis]);
    rest.first.push_back(axes.first[axis]);
    rest.second.push_back(axes.second[axis]);
  }
  return joined(rest);
}

}  // namespace

bool copy_by_tiles(Gpu& gpu, const Axes& axes, const Extent& from, std::byte* to, DType dtype) {
  const auto row_axis = nearest(axes.first);
  const auto column_axis = nearest(axes.second);
  constexpr std::int64_t least = 16;
  if (!row_axis || !column_axis || *row_axis == *column_axis) return false;
  if (axes.shape[*row_axis] < least || axes.shape[*column_axis] < least) return false;
  const TransposeValue value{.rows = axes.shape[*row_axis],
                             .columns = axes.shape[*column_axis],
                             .from_row = axes.first[*row_axis],
                             .from_column = axes.first[*column_axis],
                             .to_row = axes.second[*row_axis],
                             .to_column = axes.second[*column_axis],
                             .row_tiles = (axes.shape[*row_axis] + tile - 1) / tile,
                             .column_tiles = (axes.shape[*column_axis] + tile - 1) / tile,
                             .start = from.start};
  const Axes rest = without(axes, *row_axis, *column_axis);
  const auto kernel = gpu.compile(bits_text(dtype) + axes_text(rest) + text, "copy_tiles");
  with_axes_value(rest, [&](const auto& outer) {
    launch(gpu, *kernel, static_cast<std::uint64_t>(rest.count() * value.row_tiles * value.column_tiles), threads,
           from.lowest, to, outer, value);
  });
  return true;
}

}  // namespace anneal::array::gpu
