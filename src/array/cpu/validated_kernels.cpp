#include "array/cpu/validated_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>

#include "array/dtype.h"

namespace anneal::array::cpu {
namespace {

constexpr std::size_t count = 300;
constexpr int dtype_count = 9;
constexpr DType dtypes[kind_count] = {DType::boolean, DType::u8,  DType::i8, DType::i32,
                                      DType::i64,     DType::f32, DType::f64};

// Room for a tile of any type, and for what kernels may write behind it.
struct alignas(tile_alignment) Tile {
  std::byte bytes[count * sizeof(double) + tile_alignment] = {};
};

std::size_t index_of(DType dtype) { return static_cast<std::size_t>(dtype); }

class Comparison {
 public:
  explicit Comparison(const TileKernels& plain) : plain_(plain) {}

  // Values of small size, some of them edges; other ones for other salts.
  Tile values(DType dtype, int salt) const {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double edges[] = {0.0, -0.0, std::numeric_limits<double>::quiet_NaN(), infinity, -infinity, 1.0, -1.0};
    constexpr std::size_t edge_count = std::size(edges);
    Tile reals;
    for (std::size_t k = 0; k < count; ++k) {
      const auto place = k * 7919 + static_cast<std::size_t>(salt) * 104729;
      double value = static_cast<double>(place % 1601) / 200 - 4;
      if (is_float(dtype) && k % 13 == 0) value = edges[place / 13 % edge_count];
      if (dtype == DType::u8 || dtype == DType::boolean) value = std::fabs(value);
      if (dtype == DType::boolean) value = std::floor(value / 2);
      std::memcpy(reals.bytes + k * sizeof value, &value, sizeof value);
    }
    return converted(reals, DType::f64, dtype);
  }

  Tile converted(const Tile& from, DType dtype, DType to) const {
    Tile result;
    plain_.casts[index_of(dtype)][index_of(to)](result.bytes, from.bytes, count);
    return result;
  }

  bool is_same(const Tile& a, const Tile& b, DType dtype, std::size_t elements) const {
    if (!is_float(dtype)) return std::memcmp(a.bytes, b.bytes, elements * size_of(dtype)) == 0;
    const double tolerance = dtype == DType::f64 ? 0x1p-44 : dtype == DType::f16 || dtype == DType::bf16 ? 0 : 0x1p-17;
    const Tile wide_a = converted(a, dtype, DType::f64);
    const Tile wide_b = converted(b, dtype, DType::f64);
    for (std::size_t k = 0; k < elements; ++k) {
      double x = 0, y = 0;
      std::memcpy(&x, wide_a.bytes + k * sizeof x, sizeof x);
      std::memcpy(&y, wide_b.bytes + k * sizeof y, sizeof y);
      if (x == y || (std::isnan(x) && std::isnan(y))) continue;
      if (std::isinf(y) || !(std::fabs(x - y) <= tolerance * std::max(std::fabs(y), 0x1p-100))) return false;
    }
    return true;
  }

 private:
  const TileKernels& plain_;
};

bool is_right(const Comparison& comparison, Op op, DType dtype, TileKernel kernel, TileKernel plain) {
  const DType first = op == Op::where ? DType::boolean : dtype;
  const Tile a = comparison.values(first, 1);
  Tile b = comparison.values(dtype, 2);
  const Tile c = comparison.values(dtype, 3);
  // Powers of integers have no negative exponents.
  if (op == Op::power && !is_float(dtype)) b = comparison.converted(comparison.values(DType::u8, 2), DType::u8, dtype);
  Tile result, right;
  kernel(result.bytes, a.bytes, b.bytes, c.bytes, count);
  plain(right.bytes, a.bytes, b.bytes, c.bytes, count);
  return comparison.is_same(result, right, is_comparison(op) ? DType::boolean : dtype, count);
}

bool is_right(const Comparison& comparison, DType from, DType to, CastKernel kernel, CastKernel plain) {
  const Tile a = comparison.values(from, 1);
  Tile result, right;
  kernel(result.bytes, a.bytes, count);
  plain(right.bytes, a.bytes, count);
  return comparison.is_same(result, right, to, count);
}

// Sums are of positive numbers, so that their size is that of what is added up; products, of some near 1.
bool is_right(const Comparison& comparison, Reduction reduction, DType dtype, ReduceKernel kernel, ReduceKernel plain) {
  Tile a = comparison.values(dtype, 1);
  if (is_float(dtype) && (reduction == Reduction::sum || reduction == Reduction::product)) {
    a = comparison.converted(comparison.values(DType::u8, 1), DType::u8, dtype);
  }
  Tile result, right;
  const std::size_t elements = reduction == Reduction::product ? 20 : count;
  kernel(result.bytes, a.bytes, elements);
  plain(right.bytes, a.bytes, elements);
  return comparison.is_same(result, right, dtype, 1);
}

bool is_right(const Comparison& comparison, DType dtype, FindKernel kernel, FindKernel plain) {
  const Tile a = comparison.values(dtype, 1);
  const Tile b = comparison.values(dtype, 2);
  return kernel(a.bytes, count) == plain(a.bytes, count) &&
         kernel(b.bytes + 1 * size_of(dtype), count - 1) == plain(b.bytes + 1 * size_of(dtype), count - 1);
}

}  // namespace

TileKernels validated(const TileKernels& kernels, const TileKernels& plain) {
  TileKernels result = kernels;
  const Comparison comparison(plain);
  const auto settle = [&](auto& kernel, auto of_plain, const auto&... what) {
    if (kernel != of_plain && !is_right(comparison, what..., kernel, of_plain)) kernel = of_plain;
  };
  for (int kind = 0; kind < kind_count; ++kind) {
    for (int op = 0; op < op_count; ++op) {
      settle(result.ops[op][kind], plain.ops[op][kind], static_cast<Op>(op), dtypes[kind]);
      TileKernel& streamed = result.streamed_ops[op][kind];
      const bool has_other = result.ops[op][kind] == plain.ops[op][kind];  // than that which it streams the results of
      if (streamed == nullptr) continue;
      if (has_other || !is_right(comparison, static_cast<Op>(op), dtypes[kind], streamed, plain.ops[op][kind])) {
        streamed = nullptr;
      }
    }
    for (int of = 0; of < 6; ++of) {
      settle(result.reductions[of][kind], plain.reductions[of][kind], static_cast<Reduction>(of), dtypes[kind]);
    }
    for (int find = 0; find < 2; ++find) settle(result.finds[find][kind], plain.finds[find][kind], dtypes[kind]);
  }
  for (int from = 0; from < dtype_count; ++from) {
    for (int to = 0; to < dtype_count; ++to) {
      settle(result.casts[from][to], plain.casts[from][to], static_cast<DType>(from), static_cast<DType>(to));
    }
  }
  return result;
}

}  // namespace anneal::array::cpu
