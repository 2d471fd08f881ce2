// Neighbouring pairs of a batch that go through all stages together, so that what they need stays in the cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "align/cpu/kernels.h"
#include "align/run.h"
#include "device/buffer_pool.h"

namespace anneal::align::cpu {

class Slab {
 public:
  /// Many vectors, so that those of pairs of unequal lengths waste little. The letters of so many short pairs fit into
  /// a second-level cache; those of longer ones matter less. A pair that has more letters is a slab of its own.
  static constexpr std::size_t most_pairs = std::size_t{1} << 12;
  static constexpr std::size_t most_letters = std::size_t{1} << 23;
  /// Bytes before and after each sequence that may be read; those after it are padding.
  static constexpr std::size_t margin = 16;

  /// Where slabs begin in a batch, and the batch's size. Slabs take about as many bytes as they have letters, and no
  /// more than `memory` where that is possible.
  static std::vector<std::size_t> cuts(const Batch& batch, std::uint64_t memory);

  /// Encodes pairs first .. last - 1 of the run's batch. Bytes that are no letters are noted in `run`; the slab is then
  /// not valid().
  Slab(Run& run, const Kernels& kernels, const LetterTable& letters, std::uint8_t padding, device::BufferPool& pool,
       std::size_t first, std::size_t last);

  bool valid() const { return valid_; }
  std::size_t first() const { return first_; }
  std::size_t last() const { return last_; }

  /// The letters of one side of a pair. Where neighbours have the same text, not just an equal one, they share these.
  Codes codes(std::size_t pair, Side side) const {
    const Place& place = places_[2 * (pair - first_) + (side == Side::target ? 1 : 0)];
    return {codes_.data() + place.first, place.count};
  }

 private:
  struct Place {
    std::size_t first = 0;
    std::size_t count = 0;
  };

  Place encode(Run& run, const Kernels& kernels, const LetterTable& letters, std::uint8_t padding, std::size_t pair,
               Side side);

  std::size_t first_;
  std::size_t last_;
  bool valid_ = true;
  std::size_t used_ = margin;
  std::vector<Place> places_;
  device::Buffer<std::uint8_t> codes_;
};

}  // namespace anneal::align::cpu
