// What minimap2 dumps of an index. Its own function to load one trusts every byte, and has one thread.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "map/minimap/index_tables.h"
#include "map/minimap/library.h"

namespace anneal::map {

/// Parameters that a dump begins with. Zeros where it is shorter than they are.
struct DumpHeader {
  std::uint32_t window = 0, letters = 0, bucket_bits = 0, targets = 0, flags = 0;
};
DumpHeader header_of(std::string_view dump);

/// Values as a dump has them, at any address.
template <typename Value>
struct DumpArray {
  std::string_view bytes;

  std::uint64_t size() const { return bytes.size() / sizeof(Value); }
  Value operator[](std::uint64_t index) const {
    Value value{};
    std::memcpy(&value, bytes.data() + index * sizeof(Value), sizeof(Value));
    return value;
  }
};

struct DumpMinimizer {
  std::uint64_t key, value;  ///< as in an IndexTable
};

struct DumpBucket {
  DumpArray<std::uint64_t> places;  ///< of the minimizers that are there more than once
  DumpArray<DumpMinimizer> minimizers;
};

/// Where a dump has what.
struct DumpParts {
  DumpHeader header;
  std::vector<IndexTarget> targets;
  std::vector<DumpBucket> buckets;
  DumpArray<std::uint32_t> codes;  ///< of eight letters each
  std::uint64_t minimizer_count = 0;
};

/// Nothing where sizes are not those of what follows, or names or lengths are none that SAM can hold.
std::optional<DumpParts> parts_of(std::string_view dump);

}  // namespace anneal::map
