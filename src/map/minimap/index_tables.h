// How an index stores its minimizers in minimap2 2.24: its headers do not say it. With another version run
// index_tables_test.cpp first, which finds minimizers by it.
#pragma once

#include <cstdint>

#include "map/minimap/library.h"

namespace anneal::map {

/// A hash table of khash.h. A key is hash >> mm_idx_t::b << 1 | whether it is there once, and its first slot is
/// hash >> mm_idx_t::b, modulo their number.
struct IndexTable {
  std::uint32_t slot_count;  ///< a power of two, or 0
  std::uint32_t size, occupied, upper_bound;
  std::uint32_t* flags;  ///< of 16 slots each, two bits for a slot, of which the upper one says that it is empty
  std::uint64_t* keys;
  std::uint64_t* values;  ///< the place of what is there once, else where its places begin << 32 | their number

  bool is_empty(std::uint32_t slot) const { return (flags[slot / 16] >> slot % 16 * 2 & 2) != 0; }
  /// `slot` is empty.
  void fill(std::uint32_t slot, std::uint64_t key, std::uint64_t value) {
    flags[slot / 16] &= ~(std::uint32_t{3} << slot % 16 * 2);
    keys[slot] = key;
    values[slot] = value;
    ++size;
    ++occupied;
  }
};

/// The minimizers whose hashes have the same last mm_idx_t::b bits. mm_idx_t::B points to all.
struct IndexBucket {
  mm128_v unsorted;
  std::int32_t place_count;
  std::uint64_t* places;  ///< of those that are there more than once
  IndexTable* table;      ///< null where there are none

  static IndexBucket* all_of(const mm_idx_t& index) { return reinterpret_cast<IndexBucket*>(index.B); }
};

}  // namespace anneal::map
