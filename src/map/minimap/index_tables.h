// How an index stores its minimizers in minimap2 2.24: its headers do not say it. With another version run
// index_tables_test.cpp first, which finds minimizers by it.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <new>
#include <span>
#include <string_view>

#include "map/minimap/index.h"
#include "map/minimap/library.h"

namespace anneal::map {

/// Memory that minimap2 frees.
template <typename Value>
Value* allocate(std::uint64_t count) {
  auto* const values = static_cast<Value*>(std::malloc(count * sizeof(Value)));
  if (values == nullptr && count > 0) throw std::bad_alloc();
  return values;
}
template <typename Value>
Value* allocate_zeros(std::uint64_t count) {
  auto* const values = static_cast<Value*>(std::calloc(count, sizeof(Value)));
  if (values == nullptr && count > 0) throw std::bad_alloc();
  return values;
}

/// A hash table of khash.h. A key is hash >> mm_idx_t::b << 1 | whether it is there once, and its first slot is
/// hash >> mm_idx_t::b, modulo their number.
struct IndexTable {
  std::uint32_t slot_count;  ///< a power of two, or 0
  std::uint32_t size, occupied, upper_bound;
  std::uint32_t* flags;  ///< of 16 slots each, two bits for a slot, of which the upper one says that it is empty
  std::uint64_t* keys;
  std::uint64_t* values;  ///< the place of what is there once, else where its places begin << 32 | their number

  /// As khash.h does, which may make the room that a table of zeros gets larger while minimizers come.
  void reserve(std::uint32_t minimizer_count);
  /// False where it is there already, and nothing changes.
  bool insert(std::uint64_t key, std::uint64_t value);

  bool is_empty(std::uint32_t slot) const { return (flags[slot / 16] >> slot % 16 * 2 & 2) != 0; }
};

/// The minimizers whose hashes have the same last mm_idx_t::b bits. mm_idx_t::B points to all.
struct IndexBucket {
  mm128_v unsorted;
  std::int32_t place_count;
  std::uint64_t* places;  ///< of those that are there more than once
  IndexTable* table;      ///< null where there are none

  static IndexBucket* all_of(const mm_idx_t& index) { return reinterpret_cast<IndexBucket*>(index.B); }
};

struct IndexTarget {
  std::string_view name;
  std::uint32_t length = 0;  ///< letters
};

/// An index whose targets have no letters yet (mm_idx_t::S) and whose buckets hold nothing. It has no pool of
/// minimap2's, so that it frees what malloc() gave.
OwnedIndex allocate_index(const mm_idxopt_t& options, std::span<const IndexTarget> targets);

}  // namespace anneal::map
