// Brings elements that do not follow one another in memory into a tile.
#pragma once

#include <cstddef>
#include <cstdint>

#include "array/cpu/strips.h"
#include "array/nest.h"

namespace anneal::array::cpu {

/// to[0 .. count) = the element, of 1, 2, 4 or 8 bytes.
void fill(const void* element, std::size_t element_size, std::size_t count, void* to);

/// Whether rows of a leaf's run, one after the other, may begin beside each other: Strips are for those.
bool may_use_strips(const Nest& nest, std::size_t leaf);

/// to[0 .. count) = elements first .. first + count of the run that begins at `base`, as the leaf's strides say. Where
/// may_use_strips(): `strips` keeps what belongs to next rows, and `outer_place` is that of the innermost outer axis.
void gather_run(const Nest& nest, std::size_t leaf, const std::byte* base, std::size_t element_size, std::int64_t first,
                std::size_t count, void* to, Strips* strips = nullptr, std::int64_t outer_place = 0);

}  // namespace anneal::array::cpu
