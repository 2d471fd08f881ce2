// How long the fragments are that pairs are the ends of.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "anneal/map.h"

namespace anneal::map {

/// Fewer sizes tell too little.
inline constexpr std::size_t min_insert_sizes = 25;

/// Where the first sequenced letter of a read is, or would be if it were aligned: before this position on the reverse
/// strand, behind it on the forward one.
inline std::int32_t outer_end(const Mapping& mapping) {
  return mapping.reverse ? mapping.target_end + mapping.query_begin : mapping.target_begin - mapping.query_begin;
}

/// Letters between the outer ends of two mates that face each other; nothing where they do not.
std::optional<std::int32_t> insert_size(const Mapping& first, const Mapping& second);

/// The distribution by its quartiles, as in bwa mem 0.7.17 (mem_pestat): with r the distance between the first quartile
/// q1 and the third one q3, mean and deviation are those of sizes in [q1 - 2r, q3 + 2r], and mates are proper pairs
/// within min(q1 - 3r, mean - 4 deviation) and max(q3 + 3r, mean + 4 deviation). Nothing for fewer than
/// min_insert_sizes.
std::optional<InsertSizes> distribution_of(std::vector<std::int32_t> sizes);

}  // namespace anneal::map
