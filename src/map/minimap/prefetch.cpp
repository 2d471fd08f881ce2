#include "map/minimap/prefetch.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "map/minimap/index_tables.h"

namespace anneal::map {
namespace {

void fetch(const void* address) { __builtin_prefetch(address); }

}  // namespace

// In three passes, since each needs what the one before has asked for.
void prefetch(const mm_idx_t& index, std::span<const mm128_t> minimizers) {
  constexpr std::size_t at_once = 64;
  std::array<const IndexBucket*, at_once> buckets;
  const auto* const all = IndexBucket::all_of(index);
  const std::uint64_t mask = (std::uint64_t{1} << index.b) - 1;
  for (std::size_t begin = 0; begin < minimizers.size(); begin += at_once) {
    const std::span<const mm128_t> some = minimizers.subspan(begin, std::min(at_once, minimizers.size() - begin));
    for (std::size_t i = 0; i < some.size(); ++i) {
      buckets[i] = all + ((some[i].x >> 8) & mask);
      fetch(static_cast<const void*>(&buckets[i]->table));
    }
    for (std::size_t i = 0; i < some.size(); ++i) fetch(buckets[i]->table);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const IndexTable* const table = buckets[i]->table;
      if (table == nullptr || table->slot_count == 0) continue;
      const std::size_t slot = (some[i].x >> 8 >> index.b) & (table->slot_count - 1);
      fetch(table->flags + slot / 16);
      fetch(table->keys + slot);
      fetch(table->values + slot);
    }
  }
}

}  // namespace anneal::map
