// Minimizers are where we say that minimap2 stores them.
#include "map/minimap/index_tables.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "map/minimap/pool.h"

namespace anneal::map {
namespace {

// As mm_idx_get() does.
const std::uint64_t* find(const mm_idx_t& index, std::uint64_t hash, int& count) {
  const IndexBucket& bucket = IndexBucket::all_of(index)[hash & ((std::uint64_t{1} << index.b) - 1)];
  count = 0;
  if (bucket.table == nullptr || bucket.table->slot_count == 0) return nullptr;
  const IndexTable& table = *bucket.table;
  const std::uint64_t key = hash >> index.b;
  std::size_t slot = key & (table.slot_count - 1);
  for (std::size_t step = 1;; ++step) {
    if ((table.flags[slot / 16] >> slot % 16 * 2 & 3) != 0) return nullptr;
    if (table.keys[slot] >> 1 == key) break;
    slot = (slot + step) & (table.slot_count - 1);
  }
  const std::uint64_t value = table.values[slot];
  count = (table.keys[slot] & 1) != 0 ? 1 : static_cast<int>(value & 0xffffffffu);
  return (table.keys[slot] & 1) != 0 ? &table.values[slot] : bucket.places + (value >> 32);
}

TEST(IndexTables, HoldWhatTheLibraryFinds) {
  std::mt19937_64 random(1);
  std::string genome(200000, 'A');
  for (char& letter : genome) letter = "ACGT"[random() % 4];
  genome += genome.substr(5000, 3000) + genome.substr(6000, 1000);  // some are there twice or three times
  const char* sequence = genome.c_str();
  const char* name = "genome";
  const std::unique_ptr<mm_idx_t, void (*)(mm_idx_t*)> index(mm_idx_str(11, 21, 0, 8, 1, &sequence, &name),
                                                             mm_idx_destroy);
  const Pool pool;
  mm128_v minimizers{0, 0, nullptr};
  mm_sketch(pool.get(), sequence, static_cast<int>(genome.size()), 11, 21, 0, 0, &minimizers);
  ASSERT_GT(minimizers.n, 30000U);
  int repeated = 0, absent = 0;
  for (std::size_t i = 0; i < minimizers.n; ++i) {
    for (const std::uint64_t hash : {minimizers.a[i].x >> 8, random() >> 22}) {
      int wanted_count = 0, count = 0;
      const std::uint64_t* const wanted = mm_idx_get(index.get(), hash, &wanted_count);
      ASSERT_EQ(find(*index, hash, count), wanted) << hash;
      ASSERT_EQ(count, wanted_count);
      repeated += count > 1;
      absent += count == 0;
    }
  }
  EXPECT_GT(repeated, 500);
  EXPECT_GT(absent, 30000);
  kfree(pool.get(), minimizers.a);
}

}  // namespace
}  // namespace anneal::map
