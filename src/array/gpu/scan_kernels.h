// Kernels that add up along the middle axis of arrays in row-major order with three: outer, size and inner.
#pragma once

#include <cstdint>
#include <string>

#include "anneal/array.h"

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

/// element_text() and sum_text(), and the kernels, all with the ScanValue as their last parameter:
///
///   add_up_columns(from, sums), scan_columns(from, sums_before, to): a thread for each chunk
///   add_up_lines(from, sums), scan_lines(from, sums_before, to): of inner 1, a group for each chunk, which has
///     scan_threads * scan_items elements
///   scan_sums(sums): each becomes the sum of those before it; a group for each place of outer and inner
std::string scan_text(DType dtype, bool has_f64);

}  // namespace anneal::array::gpu
