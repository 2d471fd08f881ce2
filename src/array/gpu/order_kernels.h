// Kernels that sort lines of keys and their places: tiles in a group's memory, then runs of tiles by merging.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "anneal/array.h"
#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

inline constexpr unsigned order_threads = 256;  ///< of a group of sort_tiles and merge_runs

enum class Direction : bool { ascending, descending };

/// What is sorted, and how.
struct OrderTypes {
  DType dtype;
  Direction direction;
  bool has_wide_places;  ///< u64 instead of u32

  std::size_t key_bytes() const { return size_of(dtype) == 8 ? 8 : 4; }
  std::size_t place_bytes() const { return has_wide_places ? 8 : 4; }
  /// Elements that a group sorts: a power of two.
  std::int64_t tile() const;
};

/// Lines of `size` elements; each is cut into segments, of which one group sorts as many as fit a tile. Of a sorted
/// segment the first `keep` are written, one segment after the other, `kept_size` in a line.
struct SortValue {
  std::uint64_t lines;
  std::uint64_t size;
  std::uint64_t segments_per_line;
  std::uint64_t keep;
  std::uint64_t kept_size;
  std::uint32_t segment;  ///< elements: a power of two, at least 8, at most a tile
};

/// In each line of `size`, runs of `width` elements, a multiple of a tile, are merged in pairs.
struct MergeValue {
  std::uint64_t size;
  std::uint64_t tiles_per_line;
  std::uint64_t width;
};

/// Which elements of lines of `size` come in which order: the first `count` of each line of `sorted_size` places.
struct TakeValue {
  std::uint64_t all;  ///< lines times count
  std::uint64_t count;
  std::uint64_t size;
  std::uint64_t sorted_size;
};

/// The kernels, and their parameters. Elements are the unsigned integers of their bits.
class OrderKernels {
 public:
  OrderKernels(Gpu& gpu, const OrderTypes& types) : gpu_(gpu), types_(types) {}

  /// elements, keys, places, SortValue
  std::shared_ptr<const Compiled> sort_elements() const;
  /// keys, places, sorted keys, sorted places, SortValue
  std::shared_ptr<const Compiled> sort_again() const;
  /// keys, places, merged keys, merged places, MergeValue
  std::shared_ptr<const Compiled> merge_runs() const;
  /// elements, places, values, TakeValue
  std::shared_ptr<const Compiled> take_elements() const;
  /// places, i64 places, TakeValue
  std::shared_ptr<const Compiled> take_places() const;

 private:
  std::string types_text() const;

  Gpu& gpu_;
  OrderTypes types_;
};

}  // namespace anneal::array::gpu
