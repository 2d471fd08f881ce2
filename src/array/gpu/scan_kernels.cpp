#include "array/gpu/scan_kernels.h"

#include <fmt/core.h>

#include "array/gpu/element_text.h"
#include "array/gpu/sum_text.h"

namespace anneal::array::gpu {
namespace {

constexpr const char* scan_value_text = R"code(
struct Scan {
  u64 outer;
  u64 size;
  u64 inner;
  u64 chunk;
  u64 chunks;
};
)code";

constexpr const char* columns_text = R"code(
// Where the chunk of a thread begins, and how many elements it has.
#define FIND_CHUNK(which)                                                                       \
  const u64 column = which % scan.inner;                                                        \
  const u64 outer_and_chunk = which / scan.inner;                                               \
  const u64 first = outer_and_chunk % scan.chunks * scan.chunk;                                 \
  const u64 count = scan.size - first < scan.chunk ? scan.size - first : scan.chunk;            \
  const u64 begin = (outer_and_chunk / scan.chunks * scan.size + first) * scan.inner + column;
)code";

constexpr const char* add_up_columns_text = R"code(
KERNEL(add_up_columns) IN(Element, from, 0), OUT(Sum, sums, 1), VALUE(Scan, scan, 2) END {
  const u64 which = u64(GROUP_X) * GROUP_THREADS + THREAD;
  if (which >= scan.outer * scan.chunks * scan.inner) return;
  FIND_CHUNK(which)
  Sum sum = no_sum();
  for (u64 k = 0; k < count; ++k) sum = plus(sum, sum_of(computed(from[begin + k * scan.inner])));
  sums[which] = sum;
}
)code";

constexpr const char* scan_columns_text = R"code(
KERNEL(scan_columns)
IN(Element, from, 0), IN(Sum, sums_before, 1), OUT(Result, to, 2), VALUE(Scan, scan, 3) END {
  const u64 which = u64(GROUP_X) * GROUP_THREADS + THREAD;
  if (which >= scan.outer * scan.chunks * scan.inner) return;
  FIND_CHUNK(which)
  Sum sum = no_sum();
  if (scan.chunks > 1) sum = sums_before[which];
  for (u64 k = 0; k < count; ++k) {
    sum = plus(sum, sum_of(computed(from[begin + k * scan.inner])));
    to[begin + k * scan.inner] = result_of(rounded(sum));
  }
}
)code";

constexpr const char* scan_group_text = R"code(
// After this, `shared` has the sums of all threads' `own` up to each.
#define SCAN_GROUP                                  \
  shared[THREAD] = own;                             \
  for (u32 step = 1; step < THREADS; step *= 2) {   \
    BARRIER();                                      \
    Sum before = no_sum();                          \
    if (THREAD >= step) {                           \
      before = shared[THREAD - step];               \
      own = plus(before, own);                      \
    }                                               \
    BARRIER();                                      \
    shared[THREAD] = own;                           \
  }                                                 \
  BARRIER();
)code";

constexpr const char* scan_sums_text = R"code(
KERNEL(scan_sums) OUT(Sum, sums, 0), VALUE(Scan, scan, 1) END {
  SHARED Sum shared[THREADS];
  const u64 column = GROUP_X % scan.inner;
  const u64 begin = GROUP_X / scan.inner * scan.chunks * scan.inner + column;
  Sum carried = no_sum();
  for (u64 first = 0; first < scan.chunks; first += THREADS) {
    const u64 place = begin + (first + THREAD) * scan.inner;
    Sum own = no_sum();
    if (first + THREAD < scan.chunks) own = sums[place];
    SCAN_GROUP
    Sum before = carried;
    if (THREAD > 0) {
      Sum earlier;
      earlier = shared[THREAD - 1];
      before = plus(carried, earlier);
    }
    if (first + THREAD < scan.chunks) sums[place] = before;
    Sum all;
    all = shared[THREADS - 1];
    carried = plus(carried, all);
    BARRIER();
  }
}
)code";

constexpr const char* lines_text = R"code(
// Threads' elements lie one after the other; a word between 32 of them spares bank conflicts.
#define SLOT(k) ((k) + (k) / 32)

#define FIND_LINE                                                                     \
  const u64 first = GROUP_X % scan.chunks * scan.chunk;                               \
  const u64 begin = GROUP_X / scan.chunks * scan.size + first;                        \
  const u32 count = u32(scan.size - first < scan.chunk ? scan.size - first : scan.chunk);

#define LOAD_TILE(to_tile)                                                                     \
  for (u32 k = THREAD; k < THREADS * ITEMS; k += THREADS) {                                    \
    to_tile[SLOT(k)] = k < count ? loaded(from[begin + k]) : Loaded(0);                        \
  }                                                                                            \
  BARRIER();
)code";

constexpr const char* add_up_lines_text = R"code(
KERNEL(add_up_lines) IN(Element, from, 0), OUT(Sum, sums, 1), VALUE(Scan, scan, 2) END {
  SHARED Sum shared[THREADS];
  FIND_LINE
  Sum sum = no_sum();
  for (u32 k = THREAD; k < count; k += THREADS) sum = plus(sum, sum_of(computed(from[begin + k])));
  shared[THREAD] = sum;
  for (u32 step = THREADS / 2; step > 0; step /= 2) {
    BARRIER();
    if (THREAD < step) {
      Sum other;
      other = shared[THREAD + step];
      sum = plus(sum, other);
      shared[THREAD] = sum;
    }
  }
  if (THREAD == 0) sums[GROUP_X] = sum;
}
)code";

constexpr const char* scan_lines_text = R"code(
KERNEL(scan_lines)
IN(Element, from, 0), IN(Sum, sums_before, 1), OUT(Result, to, 2), VALUE(Scan, scan, 3) END {
  SHARED Loaded tile[SLOT(THREADS * ITEMS)];
  SHARED Sum shared[THREADS];
  FIND_LINE
  LOAD_TILE(tile)
  Sum own = no_sum();
  UNROLL for (u32 k = 0; k < ITEMS; ++k) own = plus(own, sum_of(Computed(tile[SLOT(THREAD * ITEMS + k)])));
  SCAN_GROUP
  Sum sum = no_sum();
  if (scan.chunks > 1) sum = sums_before[GROUP_X];
  if (THREAD > 0) {
    Sum earlier;
    earlier = shared[THREAD - 1];
    sum = plus(sum, earlier);
  }
  UNROLL for (u32 k = 0; k < ITEMS; ++k) {
    const u32 slot = SLOT(THREAD * ITEMS + k);
    sum = plus(sum, sum_of(Computed(tile[slot])));
    tile[slot] = rounded(sum);
  }
  BARRIER();
  for (u32 k = THREAD; k < count; k += THREADS) to[begin + k] = result_of(tile[SLOT(k)]);
}
)code";

}  // namespace

std::shared_ptr<const Compiled> ScanKernels::add_up_columns() const {
  return compiled({columns_text, add_up_columns_text}, "add_up_columns");
}

std::shared_ptr<const Compiled> ScanKernels::scan_columns() const {
  return compiled({columns_text, scan_columns_text}, "scan_columns");
}

std::shared_ptr<const Compiled> ScanKernels::add_up_lines() const {
  return compiled({lines_text, add_up_lines_text}, "add_up_lines");
}

std::shared_ptr<const Compiled> ScanKernels::scan_lines() const {
  return compiled({scan_group_text, lines_text, scan_lines_text}, "scan_lines");
}

std::shared_ptr<const Compiled> ScanKernels::scan_sums() const {
  return compiled({scan_group_text, scan_sums_text}, "scan_sums");
}

std::shared_ptr<const Compiled> ScanKernels::compiled(std::initializer_list<const char*> texts,
                                                      const char* name) const {
  // A tile holds elements, and then their sums.
  const bool is_integer = dtype_ < DType::f16;
  std::string text =
      element_text(dtype_) + sum_text(dtype_, gpu_.has_f64()) +
      fmt::format(
          "typedef {} Result;\n"
          "typedef Rounded Loaded;\n"
          "FUNCTION Loaded loaded(Element x) {{ return Loaded(computed(x)); }}\n"
          "FUNCTION Result result_of(Rounded x) {{ return {}; }}\n"
          "#define THREADS {}u\n#define ITEMS {}u\n",
          is_integer ? "i64" : "Element", is_integer ? "i64(x)" : "stored(x)", scan_threads, scan_items) +
      scan_value_text;
  for (const char* part : texts) text += part;
  return gpu_.compile(text, name);
}

}  // namespace anneal::array::gpu
