#include "map/minimap/index_tables.h"

namespace anneal::map {
namespace {

// As minimap2 has it, apart from its name.
#define ANNEAL_INDEX_HASH(key) static_cast<khint_t>((key) >> 1)
#define ANNEAL_INDEX_EQUAL(a, b) ((a) >> 1 == (b) >> 1)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // in khash.h
KHASH_INIT(minimizers, std::uint64_t, std::uint64_t, 1, ANNEAL_INDEX_HASH, ANNEAL_INDEX_EQUAL)
#pragma GCC diagnostic pop

using Table = khash_t(minimizers);
static_assert(sizeof(Table) == sizeof(IndexTable));

Table* as_khash(IndexTable* table) { return reinterpret_cast<Table*>(table); }

}  // namespace

void IndexTable::reserve(std::uint32_t minimizer_count) {
  if (kh_resize(minimizers, as_khash(this), minimizer_count) < 0) throw std::bad_alloc();
}

bool IndexTable::insert(std::uint64_t key, std::uint64_t value) {
  int state = 0;
  const khint_t slot = kh_put(minimizers, as_khash(this), key, &state);
  if (state < 0) throw std::bad_alloc();
  if (state == 0) return false;
  values[slot] = value;
  return true;
}

OwnedIndex allocate_index(const mm_idxopt_t& options, std::span<const IndexTarget> targets) {
  OwnedIndex index(allocate_zeros<mm_idx_t>(1));
  index->w = options.w;
  index->k = options.k;
  index->b = options.bucket_bits;
  index->flag = options.flag;
  index->B = reinterpret_cast<mm_idx_bucket_s*>(allocate_zeros<IndexBucket>(std::uint64_t{1} << options.bucket_bits));
  index->seq = allocate_zeros<mm_idx_seq_t>(targets.size());
  std::uint64_t letters = 0;
  for (const IndexTarget& from : targets) {
    mm_idx_seq_t& to = index->seq[index->n_seq++];
    to.name = allocate_zeros<char>(from.name.size() + 1);
    from.name.copy(to.name, from.name.size());
    to.len = from.length;
    to.offset = letters;
    letters += from.length;
  }
  return index;
}

}  // namespace anneal::map
