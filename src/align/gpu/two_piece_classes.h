// Which pairs of a chunk share a launch of the kernels for gaps of two pieces: those that need about as much memory.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "align/recurrence/two_piece_plan.h"

namespace anneal::align::gpu {

/// Pairs of one launch, and what the neediest of them takes.
struct TwoPieceClass {
  std::vector<std::int32_t> pairs;
  std::int64_t own_ints = 0;     ///< of a group's own memory; 0: scores are in the workspace
  std::int64_t most_bytes = 0;   ///< of workspace; more changes nothing
  std::int64_t least_bytes = 0;  ///< less does not do
  std::uint64_t most_cells = 0;  ///< of a pair

  /// What each of so many groups gets of `memory`: a multiple of 16, and less than least_bytes where that is too much
  /// even for one block of `groups_per_block`.
  std::int64_t bytes_per_group(std::uint64_t memory, std::int64_t groups_per_block) const;
};

/// Sorts pairs into classes.
class TwoPieceClasses {
 public:
  /// `most_own_ints`: that a group may have. `most_bytes`: of workspace.
  TwoPieceClasses(bool wants_path, std::int64_t most_own_ints, std::int64_t most_bytes)
      : wants_path_(wants_path), most_own_ints_(most_own_ints), most_bytes_(most_bytes) {}

  /// False where the pair needs more than there is.
  bool add(std::int32_t pair, const recurrence::Antidiagonals& cells, std::uint64_t count);
  /// Those with pairs, from the neediest on.
  std::vector<TwoPieceClass> take();

 private:
  bool wants_path_;
  std::int64_t most_own_ints_;
  std::int64_t most_bytes_;
  std::vector<TwoPieceClass> classes_;  // by number
};

}  // namespace anneal::align::gpu
