// Kernels that add up along the middle axis of arrays in row-major order with three: outer, size and inner.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>

#include "anneal/array.h"
#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

/// Threads of a group of all these kernels.
inline constexpr unsigned scan_threads = 256;
/// Elements that a thread of the kernels for lines adds up.
inline constexpr unsigned scan_items = 8;

/// The middle axis is cut into chunks of `chunk` elements, of which each has one sum: an array (outer, chunks, inner).
struct ScanValue {
  std::uint64_t outer;
  std::uint64_t size;
  std::uint64_t inner;
  std::uint64_t chunk;
  std::uint64_t chunks;
};

/// The kernels, and their parameters. Sums are as sum_text() says.
class ScanKernels {
 public:
  ScanKernels(Gpu& gpu, DType dtype) : gpu_(gpu), dtype_(dtype) {}

  // A thread for each chunk.
  std::shared_ptr<const Compiled> add_up_columns() const;  ///< elements, sums of chunks, ScanValue
  std::shared_ptr<const Compiled> scan_columns() const;    ///< elements, sums before chunks, results, ScanValue
  // Of inner 1: a group for each chunk, which has scan_threads * scan_items elements.
  std::shared_ptr<const Compiled> add_up_lines() const;
  std::shared_ptr<const Compiled> scan_lines() const;
  /// sums, ScanValue: each becomes the sum of those before it; a group for each place of outer and inner.
  std::shared_ptr<const Compiled> scan_sums() const;

 private:
  std::shared_ptr<const Compiled> compiled(std::initializer_list<const char*> texts, const char* name) const;

  Gpu& gpu_;
  DType dtype_;
};

}  // namespace anneal::array::gpu
