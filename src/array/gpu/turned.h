// Elementwise kernels some of whose leaves lie along another axis in memory than the result.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "array/gpu/elementwise_pass.h"

namespace anneal::array::gpu {

struct TurnedLeaves {
  std::size_t axis;             ///< of the nest, along which they lie
  std::vector<bool> is_turned;  ///< of each leaf
};

/// None where no leaf is turned, or so few elements that it makes no difference.
std::optional<TurnedLeaves> turned_leaves(const ElementwisePass& pass);

/// Each group computes a tile of both axes. It reads turned leaves along theirs, into its own memory.
std::string turned_text(const ElementwisePass& pass, const TurnedLeaves& turned, unsigned threads, Words& words);
std::int64_t turned_groups(const ElementwisePass& pass, const TurnedLeaves& turned);

}  // namespace anneal::array::gpu
