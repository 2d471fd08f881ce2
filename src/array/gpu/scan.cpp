#include "array/gpu/scan.h"

#include <algorithm>

#include "array/gpu/copy.h"
#include "array/gpu/dense.h"
#include "array/gpu/launch.h"
#include "array/gpu/scan_kernels.h"
#include "array/gpu/sum_text.h"

namespace anneal::array::gpu {
namespace {

constexpr std::int64_t tile = std::int64_t{scan_threads} * scan_items;

std::uint64_t groups_for(std::int64_t threads) {
  return static_cast<std::uint64_t>((threads + scan_threads - 1) / scan_threads);
}

// How a middle axis is cut for threads of their own: into as many chunks as keep the device busy.
std::int64_t chunk_of_columns(const Gpu& gpu, std::int64_t size, std::int64_t columns) {
  constexpr std::int64_t least_chunk = 64;
  const std::int64_t wanted = std::int64_t{gpu.units()} * 1024 / std::max<std::int64_t>(columns, 1);
  return std::max(least_chunk, (size + std::max<std::int64_t>(wanted, 1) - 1) / std::max<std::int64_t>(wanted, 1));
}

// A kernel that adds chunks up, and one that adds up within them.
struct ScanBy {
  std::shared_ptr<const Compiled> (ScanKernels::*add_up)() const;
  std::shared_ptr<const Compiled> (ScanKernels::*scan)() const;
  std::uint64_t groups;
};

void scan(Gpu& gpu, const Strided& from, const Dense& to, const ScanValue& value, const ScanBy& by) {
  const ScanKernels kernels(gpu, from.dtype);
  const std::uint64_t sum_count = value.chunks > 1 ? value.outer * value.chunks * value.inner : 0;
  const auto sums = scratch(gpu, static_cast<std::int64_t>(sum_count), sum_bytes);
  if (value.chunks > 1) {
    launch(gpu, *(kernels.*by.add_up)(), by.groups, scan_threads, from.data, sums.get(), value);
    launch(gpu, *kernels.scan_sums(), value.outer * value.inner, scan_threads, sums.get(), value);
  }
  launch(gpu, *(kernels.*by.scan)(), by.groups, scan_threads, from.data, sums.get(), to.elements.data, value);
}

}  // namespace

Values cumulative_sum(Gpu& gpu, const Strided& a, int axis) {
  const int along = axis_in(a.shape, axis, "cumulative_sum");
  check_arithmetic(gpu, a.dtype, "cumulative_sum");
  const Dense result = new_dense(gpu, a.dtype < DType::f16 ? DType::i64 : a.dtype, a.shape);
  if (count_of(a.shape) == 0) return values_of(gpu, result);
  const std::int64_t outer = count_of({a.shape.begin(), a.shape.begin() + along});
  const std::int64_t inner = count_of({a.shape.begin() + along + 1, a.shape.end()});
  const std::int64_t size = a.shape[static_cast<std::size_t>(along)];
  // Lines of few elements are columns as well.
  constexpr std::int64_t short_line = 32;
  const bool are_lines = inner == 1 && size > short_line;
  const std::int64_t chunk = are_lines ? tile : std::min(size, chunk_of_columns(gpu, size, outer * inner));
  const std::int64_t chunks = (size + chunk - 1) / chunk;
  const auto number = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
  const ScanValue value{number(outer), number(size), number(inner), number(chunk), number(chunks)};
  const RowMajor from = row_major(gpu, a);
  if (are_lines) {
    scan(gpu, from.elements, result, value,
         {&ScanKernels::add_up_lines, &ScanKernels::scan_lines, number(outer * chunks)});
  } else {
    scan(gpu, from.elements, result, value,
         {&ScanKernels::add_up_columns, &ScanKernels::scan_columns, groups_for(outer * chunks * inner)});
  }
  return values_of(gpu, result);
}

}  // namespace anneal::array::gpu
