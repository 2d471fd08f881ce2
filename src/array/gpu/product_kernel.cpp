#include "array/gpu/product_kernel.h"

#include <fmt/core.h>

#include <string>

#include "array/gpu/element_text.h"
#include "array/gpu/functions.h"
#include "array/gpu/op_texts.h"
#include "array/gpu/product_sums.h"

namespace anneal::array::gpu {
namespace {

constexpr const char* value_text = R"code(
struct Product {
  i64 rows;
  i64 columns;
  i64 inner;
  i64 a_start;
  i64 a_row;
  i64 a_inner;
  i64 b_start;
  i64 b_inner;
  i64 b_column;
  i64 bias_start;
  i64 bias_step;
  i64 tile_rows;
  i64 tile_columns;
  i64 parts;
  i64 part_inner;
  i64 batch;
  i64 first_group;
};
)code";

constexpr const char* convolution_text = R"code(
struct Convolution {
  i64 length;
  i64 channel_stride;
  i64 step_stride;
  i64 width;
  i64 stride;
  i64 padding;
  i64 dilation;
};
)code";

// A tile of an operand: TILE_INNER x size in the group's memory, where a row has a few elements more, so that
// threads that write along `inner` meet few banks twice. A thread loads every 256th element of it.
constexpr const char* multiply_text = R"code(
#define A_PITCH (TILE_ROWS + PADDING)
#define B_PITCH (TILE_COLUMNS + PADDING)
#define A_LOADS (TILE_ROWS * TILE_INNER / 256)
#define B_LOADS (TILE_COLUMNS * TILE_INNER / 256)

// Of the n-th load, the place along `inner` and that along the other axis.
#if A_ALONG_INNER
#define A_INNER(n) (THREAD % TILE_INNER)
#define A_ROW(n) (THREAD / TILE_INNER + (n) * (256 / TILE_INNER))
#else
#define A_INNER(n) (THREAD / TILE_ROWS + (n) * (256 / TILE_ROWS))
#define A_ROW(n) (THREAD % TILE_ROWS)
#endif
#if B_ALONG_INNER
#define B_INNER(n) (THREAD % TILE_INNER)
#define B_COLUMN(n) (THREAD / TILE_INNER + (n) * (256 / TILE_INNER))
#else
#define B_INNER(n) (THREAD / TILE_COLUMNS + (n) * (256 / TILE_COLUMNS))
#define B_COLUMN(n) (THREAD % TILE_COLUMNS)
#endif

#define LOAD_A(k)                                                                             \
  UNROLL for (u32 n = 0; n < A_LOADS; ++n) {                                                  \
    const bool is_inside = A_ROW(n) < rows_left && (k) + A_INNER(n) < last;                   \
    next_a[n] = Computed(0);                                                                  \
    if (is_inside) next_a[n] = computed(a[a_at + n * a_step + ((k) - first) * product.a_inner]); \
  }

#if IS_CONVOLUTION
#define LOAD_B(k)                                                                             \
  UNROLL for (u32 n = 0; n < B_LOADS; ++n) {                                                  \
    next_b[n] = Computed(0);                                                                  \
    if (B_COLUMN(n) < columns_left && (k) + B_INNER(n) < last) {                              \
      const u32 term = u32((k) + B_INNER(n));                                                 \
      const u32 channel = term / u32(convolution.width);                                      \
      const i64 place = (column + B_COLUMN(n)) * convolution.stride +                         \
                        i64(term - channel * u32(convolution.width)) * convolution.dilation - \
                        convolution.padding;                                                  \
      if (place >= 0 && place < convolution.length) {                                         \
        next_b[n] = computed(b[b_at + channel * convolution.channel_stride +                  \
                               place * convolution.step_stride]);                             \
      }                                                                                       \
    }                                                                                         \
  }
#else
#define LOAD_B(k)                                                                             \
  UNROLL for (u32 n = 0; n < B_LOADS; ++n) {                                                  \
    const bool is_inside = B_COLUMN(n) < columns_left && (k) + B_INNER(n) < last;             \
    next_b[n] = Computed(0);                                                                  \
    if (is_inside) next_b[n] = computed(b[b_at + n * b_step + ((k) - first) * product.b_inner]); \
  }
#endif

#if WRITES_PARTS
#define WRITE_ELEMENT(to, sum, at_column) to = sum;
#else
#define WRITE_ELEMENT(to, sum, at_column) FINISH(to, sum, at_column)
#endif
#define WRITE_SUM(in_row, in_column, sum)                                                               \
  if (in_row < rows_left && in_column < columns_left) {                                                 \
    WRITE_ELEMENT(c[(matrix + row + (in_row)) * product.columns + column + (in_column)], sum,           \
                  column + (in_column))                                                                 \
  }

KERNEL(multiply)
IN(Element, a, 0), IN(Element, b, 1), IN(Element, bias, 2), OUT(Target, c, 3), VALUE(Product, product, 4),
VALUE(Axes, axes, 5) CONVOLUTION_PARAMETER END {
  SHARED Computed a_tile[TILE_INNER * A_PITCH];
  SHARED Computed b_tile[TILE_INNER * B_PITCH];
  u64 group = u64(product.first_group) + GROUP_X;
  const i64 column = i64(group % u64(product.tile_columns)) * TILE_COLUMNS;
  group /= u64(product.tile_columns);
  const i64 row = i64(group % u64(product.tile_rows)) * TILE_ROWS;
  group /= u64(product.tile_rows);
  const i64 part = i64(group % u64(product.parts));
  const i64 which = i64(group / u64(product.parts));
  const i64 first = part * product.part_inner;
  const i64 last = product.inner - first < product.part_inner ? product.inner : first + product.part_inner;
  const i64 rows_left = product.rows - row;
  const i64 columns_left = product.columns - column;

  i64 a_at = product.a_start;
  i64 b_at = product.b_start;
  LOCATE(axes, INDEX(which), a_at, b_at)
  a_at += (row + A_ROW(0)) * product.a_row + (first + A_INNER(0)) * product.a_inner;
  const i64 a_step = A_ALONG_INNER ? (256 / TILE_INNER) * product.a_row : (256 / TILE_ROWS) * product.a_inner;
#if !IS_CONVOLUTION
  b_at += (column + B_COLUMN(0)) * product.b_column + (first + B_INNER(0)) * product.b_inner;
  const i64 b_step = B_ALONG_INNER ? (256 / TILE_INNER) * product.b_column : (256 / TILE_COLUMNS) * product.b_inner;
#endif

  DECLARE_SUMS
  Computed next_a[A_LOADS];
  Computed next_b[B_LOADS];
  if (first < last) {
    LOAD_A(first)
    LOAD_B(first)
  }
  for (i64 k = first; k < last; k += TILE_INNER) {
    UNROLL for (u32 n = 0; n < A_LOADS; ++n) a_tile[A_INNER(n) * A_PITCH + A_ROW(n)] = next_a[n];
    UNROLL for (u32 n = 0; n < B_LOADS; ++n) b_tile[B_INNER(n) * B_PITCH + B_COLUMN(n)] = next_b[n];
    BARRIER();
    // The next tile is on its way while this one is multiplied.
    if (k + TILE_INNER < last) {
      LOAD_A(k + TILE_INNER)
      LOAD_B(k + TILE_INNER)
    }
    ADD_UP_TILE
    BARRIER();
  }

  const i64 matrix = (WRITES_PARTS ? part * product.batch + which : which) * product.rows;
  WRITE_SUMS
}
)code";

constexpr const char* parts_text = R"code(
KERNEL(add_parts)
IN(Computed, parts, 0), IN(Element, bias, 1), OUT(Element, c, 2), VALUE(u64, count, 3), VALUE(Product, product, 4) END {
  for (u64 k = u64(GROUP_X) * GROUP_THREADS + THREAD; k < count; k += GROUPS_X * GROUP_THREADS) {
    Computed sum = parts[k];
    for (i64 part = 1; part < product.parts; ++part) ADD_PRODUCT(sum, Computed(1), parts[u64(part) * count + k]);
    FINISH(c[k], sum, i64(k % u64(product.columns)))
  }
}
)code";

// Types, and what is done to a sum.
std::string arithmetic_text(const ProductVariant& variant) {
  const bool is_boolean = variant.dtype == DType::boolean;
  std::string text = element_text(variant.dtype);
  if (variant.activation)
    text += with_functions(function_text(function_name(*variant.activation), *variant.activation, variant.dtype));
  text += is_boolean ? "#define ADD_PRODUCT(sum, x, y) sum = sum | (x & y)\n"
                     : "#define ADD_PRODUCT(sum, x, y) sum = sum + (x) * (y)\n";
  text += fmt::format(
      "#define FINISH(to, sum, at_column) {{ Computed x = sum; {} {} to = stored(x); }}\n",
      variant.has_bias ? "x = x + computed(bias[product.bias_start + (at_column) * product.bias_step]);" : "",
      variant.activation ? fmt::format("x = {}(x);", function_name(*variant.activation)) : "");
  return text + value_text;
}

}  // namespace

std::shared_ptr<const Compiled> product_kernel(Gpu& gpu, const ProductVariant& variant, const Axes& batch) {
  std::string text = arithmetic_text(variant) + axes_text(batch) + convolution_text;
  text += fmt::format("typedef {} Target;\n", variant.writes_parts ? "Computed" : "Element");
  text += fmt::format("#define CONVOLUTION_PARAMETER {}\n",
                      variant.is_convolution ? ", VALUE(Convolution, convolution, 6)" : "");
  text += fmt::format(
      "#define TILE_INNER {}\n#define TILE_ROWS {}\n#define TILE_COLUMNS {}\n#define THREAD_ROWS {}\n"
      "#define THREAD_COLUMNS {}\n#define A_ALONG_INNER {:d}\n#define B_ALONG_INNER {:d}\n"
      "#define IS_CONVOLUTION {:d}\n#define WRITES_PARTS {:d}\n",
      product_tile_inner, variant.tile.rows(), variant.tile.columns(), variant.tile.thread_rows,
      variant.tile.thread_columns, variant.a_along_inner, variant.b_along_inner, variant.is_convolution,
      variant.writes_parts);
  text += variant.uses_matrices ? "#define PADDING 4\n" : "#define PADDING 2\n";
  text += variant.uses_matrices ? sums_of_simdgroups : sums_of_threads;
  return gpu.compile(text + multiply_text, "multiply");
}

std::shared_ptr<const Compiled> parts_kernel(Gpu& gpu, const ProductVariant& variant) {
  return gpu.compile(arithmetic_text(variant) + parts_text, "add_parts");
}

}  // namespace anneal::array::gpu
