// Which anchors of a chain are not to be trusted, by minimap2's rules.
#pragma once

#include <span>

#include "map/anchor.h"

namespace anneal::map {

/// The part of a chain without gaps whose anchors cover most.
Stretch longest_ungapped(std::span<const Anchor> chain);

/// The chain without anchors at its ends that gaps separate from the rest: a gap longer than half of what lies outside
/// it. Looks no further than 2 * `band` letters, or `min_match` that anchors cover, or half of `covered`, which is what
/// those of the whole chain cover.
Stretch without_bad_ends(std::span<const Anchor> chain, std::int32_t band, std::int32_t min_match,
                         std::int32_t covered);

/// Ignores anchors between gaps that cancel each other, no more than `longest` letters apart: the alignment had left
/// its diagonal and come back.
void ignore_detours(std::span<Anchor> chain, std::int32_t longest);

/// Ignores anchors between two gaps that are longer together than what lies between them, which then is aligned as one.
void join_over_gaps(std::span<Anchor> chain, std::int32_t longest);

}  // namespace anneal::map
