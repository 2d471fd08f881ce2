// Where find_ends puts what it found of a slab's pairs, or has them computed again.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "align/cpu/diagonal_runs.h"
#include "align/cpu/stage.h"
#include "align/traceback.h"

namespace anneal::align::cpu {

/// Used by several threads at once.
class EndResults {
 public:
  explicit EndResults(const Stage& stage) : stage_(stage), run_(stage.run) {}

  /// Stores the end of a pair that may have an alignment.
  void store(std::size_t pair, const BestEnd& end);
  /// Stores that end if it is the best, or else has the pair computed again. Returns whether it is.
  bool settle(Item item, const Part& filled, const Found& found);
  /// Has the pair computed again, with scores of `width`.
  void redo_in(Width width, Item item);
  /// Stores the path to the end that was stored for a pair, if it has no gap.
  void find_ungapped_path(DiagonalRuns& runs, std::size_t pair);
  /// Stores the path of a walk that is done; its CIGAR is what `writer` has from `first_op` on.
  void store_path(std::size_t pair, const Traceback& walk, int writer, std::size_t first_op);

  /// The items to be computed again since the last call.
  std::vector<Item> take_again() { return std::exchange(again_, {}); }

 private:
  void redo(const Item& item);

  const Stage& stage_;
  Run& run_;
  std::mutex again_mutex_;
  std::vector<Item> again_;
};

}  // namespace anneal::align::cpu
