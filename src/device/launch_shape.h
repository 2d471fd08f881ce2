// How many threads run a kernel on a GPU, and in which groups.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anneal::device {

struct Extent {
  unsigned x = 1, y = 1, z = 1;

  std::uint64_t count() const { return std::uint64_t{x} * y * z; }
};

/// `grid` groups of `group` threads. A CUDA group is a block, a Metal group a threadgroup.
struct LaunchShape {
  Extent grid;
  Extent group;
  std::size_t shared_bytes = 0;  ///< dynamic shared memory of each group; with Metal, threadgroup memory at index 0
};

/// Groups of `group` threads for at least one thread per item, in each dimension.
inline LaunchShape cover(const Extent& items, const Extent& group, std::size_t shared_bytes = 0) {
  const auto groups = [](unsigned count, unsigned size) { return count / size + (count % size != 0 ? 1u : 0u); };
  return {{groups(items.x, group.x), groups(items.y, group.y), groups(items.z, group.z)}, group, shared_bytes};
}

}  // namespace anneal::device
