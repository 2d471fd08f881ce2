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

class Scan {
 public:
  Scan(Gpu& gpu, const Strided& from, const Dense& to, const ScanValue& value)
      : gpu_(gpu), from_(from), to_(to), value_(value), text_(scan_text(from.dtype, gpu.has_f64())) {}

  void run(const char* add_up, const char* scan, std::uint64_t groups) {
    const auto sums = scratch_for_sums();
    if (value_.chunks > 1) {
      launch(gpu_, *kernel(add_up), groups, scan_threads, from_.data, sums.get(), value_);
      launch(gpu_, *kernel("scan_sums"), value_.outer * value_.inner, scan_threads, sums.get(), value_);
    }
    launch(gpu_, *kernel(scan), groups, scan_threads, from_.data, sums.get(), to_.elements.data, value_);
  }

 private:
  std::shared_ptr<std::byte> scratch_for_sums() {
    const std::uint64_t count = value_.chunks > 1 ? value_.outer * value_.chunks * value_.inner : 0;
    return scratch(gpu_, static_cast<std::int64_t>(count), sum_bytes);
  }
  std::shared_ptr<const Compiled> kernel(const char* name) { return gpu_.compile(text_, name); }

  Gpu& gpu_;
  const Strided& from_;
  const Dense& to_;
  ScanValue value_;
  std::string text_;
};

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
  Scan scan(gpu, from.elements, result, value);
  if (are_lines) {
    scan.run("add_up_lines", "scan_lines", number(outer * chunks));
  } else {
    scan.run("add_up_columns", "scan_columns", groups_for(outer * chunks * inner));
  }
  return values_of(gpu, result);
}

}  // namespace anneal::array::gpu
