// Which pairs of a chunk share a launch of the kernels for gaps of two pieces: those that need about as much memory.
#pragma once

#include <cstdint>
#include <vector>

#include "align/recurrence/two_piece_plan.h"

namespace anneal::align::gpu {

/// What a kind of GPU can do.
struct TwoPieceLimits {
  std::int64_t own_ints;          ///< for scores, in a group's own memory
  std::int64_t groups_per_block;  ///< of lanes
  std::uint64_t cells;            ///< of a pair: with more, its only group would run for too long
};

/// Pairs of one launch, and what the neediest of them takes.
struct TwoPieceClass {
  std::vector<std::int32_t> pairs;
  std::int64_t own_ints = 0;     ///< of a group's own memory; 0: scores are in the workspace
  std::int64_t most_bytes = 0;   ///< of workspace; more changes nothing
  std::int64_t least_bytes = 0;  ///< less does not do
  std::uint64_t most_cells = 0;  ///< of a pair

  /// What each group in flight gets of a workspace of `memory` bytes: a multiple of 16.
  std::int64_t bytes_per_group(std::uint64_t memory, std::int64_t groups_per_block) const;
};

/// Sorts pairs into classes. A pair for which a block of groups would lack memory is one of its own.
class TwoPieceClasses {
 public:
  /// `memory`: bytes of workspace.
  TwoPieceClasses(bool wants_path, const TwoPieceLimits& limits, std::uint64_t memory)
      : wants_path_(wants_path), limits_(limits), memory_(static_cast<std::int64_t>(memory)) {}

  /// `count`: of its cells. False where the pair needs more than there is, or has too many.
  bool add(std::int32_t pair, const recurrence::Antidiagonals& cells, std::uint64_t count);
  /// Those with pairs, from the neediest on.
  std::vector<TwoPieceClass> take();

 private:
  TwoPieceClass& class_of_size(std::int64_t bytes, bool has_own);

  bool wants_path_;
  TwoPieceLimits limits_;
  std::int64_t memory_;
  std::vector<TwoPieceClass> classes_;  // by number
  std::vector<TwoPieceClass> alone_;
};

}  // namespace anneal::align::gpu
