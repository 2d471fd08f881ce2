// An index's letters, of which mm_idx_t::S has eight in each number, the first one lowest.
#pragma once

#include <cstdint>

namespace anneal::map {

/// Writes codes begin..end-1, one in each byte.
void unpack_codes(const std::uint32_t* packed, std::uint64_t begin, std::uint64_t end, char* codes);

}  // namespace anneal::map
