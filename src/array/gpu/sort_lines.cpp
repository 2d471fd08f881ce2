#include "array/gpu/sort_lines.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "array/gpu/dense.h"
#include "array/gpu/launch.h"

namespace anneal::array::gpu {
namespace {

// Keys and places of lines of one size.
struct Keyed {
  std::shared_ptr<std::byte> keys;
  std::shared_ptr<std::byte> places;
  std::int64_t size = 0;
};

class Sorter {
 public:
  Sorter(Gpu& gpu, const OrderTypes& types, const Lines& lines)
      : gpu_(gpu), types_(types), lines_(lines), kernels_(gpu, types) {}

  SortedPlaces sort(std::int64_t count) {
    const bool are_few = count <= types_.tile() / 4;
    const std::int64_t keep = are_few ? count : types_.tile();
    Keyed keyed = sort_tiles(nullptr, keep);
    // Only the first few of each segment can be among the first few of all.
    while (are_few && segments_ > 1) keyed = sort_tiles(&keyed, keep);
    if (segments_ > 1) keyed = merge(std::move(keyed));
    return {std::move(keyed.places), keyed.size};
  }

 private:
  Keyed new_keyed(std::int64_t size) {
    return {scratch(gpu_, lines_.count * size, types_.key_bytes()),
            scratch(gpu_, lines_.count * size, types_.place_bytes()), size};
  }

  // Each tile, of which the first `keep` stay: of the elements, or of what is given.
  Keyed sort_tiles(const Keyed* from, std::int64_t keep) {
    const std::int64_t size = from == nullptr ? lines_.size : from->size;
    const auto power = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(size)));
    const std::int64_t segment = std::clamp<std::int64_t>(power, 8, types_.tile());
    segments_ = (size + segment - 1) / segment;
    const std::int64_t kept = (segments_ - 1) * keep + std::min(keep, size - (segments_ - 1) * segment);
    const Keyed to = new_keyed(kept);
    const auto number = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
    const SortValue value{number(lines_.count), number(size), number(segments_),
                          number(keep),         number(kept), static_cast<std::uint32_t>(segment)};
    const std::int64_t per_group = types_.tile() / segment;
    const std::uint64_t groups = number((lines_.count * segments_ + per_group - 1) / per_group);
    if (from == nullptr) {
      launch(gpu_, *kernels_.sort_elements(), groups, order_threads, lines_.elements, to.keys.get(), to.places.get(),
             value);
    } else {
      launch(gpu_, *kernels_.sort_again(), groups, order_threads, from->keys.get(), from->places.get(), to.keys.get(),
             to.places.get(), value);
    }
    return to;
  }

  Keyed merge(Keyed from) {
    Keyed to = new_keyed(from.size);
    const auto kernel = kernels_.merge_runs();
    const std::int64_t tiles = (from.size + types_.tile() - 1) / types_.tile();
    for (std::int64_t width = types_.tile(); width < from.size; width *= 2) {
      const MergeValue value{static_cast<std::uint64_t>(from.size), static_cast<std::uint64_t>(tiles),
                             static_cast<std::uint64_t>(width)};
      launch(gpu_, *kernel, static_cast<std::uint64_t>(lines_.count * tiles), order_threads, from.keys.get(),
             from.places.get(), to.keys.get(), to.places.get(), value);
      std::swap(from, to);
    }
    return from;
  }

  Gpu& gpu_;
  OrderTypes types_;
  Lines lines_;
  OrderKernels kernels_;
  std::int64_t segments_ = 1;  // of each line, at the last sort_tiles()
};

}  // namespace

SortedPlaces sorted_places(Gpu& gpu, const OrderTypes& types, const Lines& lines, std::int64_t count) {
  return Sorter(gpu, types, lines).sort(count);
}

}  // namespace anneal::array::gpu
