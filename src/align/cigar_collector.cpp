#include "align/cigar_collector.h"

#include <numeric>
#include <utility>

namespace anneal::align {

std::uint64_t CigarMemory::Parts::bytes() const {
  std::uint64_t bytes = places_size * sizeof(CigarPlace);
  for (const std::vector<CigarOp>& list : lists) bytes += list.capacity() * sizeof(CigarOp);
  return bytes;
}

CigarMemory::Parts CigarMemory::take(std::size_t pairs, int writers) {
  Parts parts;
  {
    const std::scoped_lock lock(mutex_);
    parts = std::exchange(idle_, {});
  }
  parts.lists.resize(static_cast<std::size_t>(writers));
  for (std::vector<CigarOp>& list : parts.lists) list.clear();
  if (parts.places_size < pairs) {
    parts.places.reset();
    parts.places = std::make_unique_for_overwrite<CigarPlace[]>(pairs);
    parts.places_size = pairs;
  }
  return parts;
}

void CigarMemory::give_back(Parts parts) noexcept {
  const std::uint64_t bytes = parts.bytes();
  if (bytes > limit_) return;
  const std::scoped_lock lock(mutex_);
  if (bytes > idle_.bytes()) std::swap(idle_, parts);
}

void CigarCollector::merge_into(AlignResults& results, device::cpu::Queue& queue) const {
  const std::size_t blocks = (pairs_ + pairs_per_block - 1) / pairs_per_block;
  std::vector<std::uint64_t> begins(blocks + 1);
  queue.parallel_for(blocks, [&](std::size_t block) {
    std::uint64_t ops = 0;
    for (const CigarPlace& place : places_of(block)) ops += place.count;
    begins[block + 1] = ops;
  });
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  results.cigar_offsets.resize(pairs_ + 1);
  results.cigar_offsets.back() = begins.back();
  results.cigar_ops.resize(begins.back());
  queue.parallel_for(blocks, [&](std::size_t block) { copy_block(block, begins[block], results); });
}

std::span<const CigarPlace> CigarCollector::places_of(std::size_t block) const {
  const std::size_t first = block * pairs_per_block;
  return {&parts_.places[first], std::min(pairs_per_block, pairs_ - first)};
}

// Their operations begin at `offset` in the results.
void CigarCollector::copy_block(std::size_t block, std::uint64_t offset, AlignResults& results) const {
  constexpr std::size_t ahead = 8;
  const std::span<const CigarPlace> places = places_of(block);
  std::uint64_t* const offsets = &results.cigar_offsets[block * pairs_per_block];
  for (std::size_t n = 0, end = 0; n < places.size(); n = end) {
    // A slab's CIGARs are in no order that the processor could follow.
    if (const CigarPlace& later = places[std::min(n + ahead, places.size() - 1)]; later.count > 0) {
      __builtin_prefetch(parts_.lists[later.writer].data() + later.first);
    }
    // Those that lie there as they shall are copied together.
    const CigarPlace place = places[n];
    std::size_t ops = 0;
    const auto follows = [&](const CigarPlace& next) {
      return next.count == 0 || (next.writer == place.writer && next.first == place.first + ops);
    };
    for (; end < places.size() && follows(places[end]); ++end) {
      offsets[end] = offset + ops;
      ops += places[end].count;
    }
    const CigarOp* const first = parts_.lists[place.writer].data() + place.first;
    std::copy(first, first + ops, results.cigar_ops.data() + offset);
    offset += ops;
  }
}

}  // namespace anneal::align
