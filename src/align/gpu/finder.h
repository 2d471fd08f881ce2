// What finds the scores of a chunk's pairs, and where alignments end.
#pragma once

#include <cstddef>
#include <vector>

#include "align/cigar_collector.h"
#include "align/recurrence/checkpoints.h"
#include "align/recurrence/end_cell.h"

namespace anneal::align::gpu {

class Finder {
 public:
  virtual ~Finder() = default;

  /// Submits what can be submitted at once. The chunk's letters are on the device before, or on their way.
  virtual void start() = 0;
  /// Whether advance() will not wait. Throws where the work failed.
  virtual bool is_ready() const = 0;
  /// Waits for what was submitted, stores its results in the run, and submits what has to be repeated. Whether nothing
  /// has to be.
  virtual bool advance() = 0;
  /// By pair, on the device, once advance() has returned true, for pairs with letters; null where paths end elsewhere.
  virtual const recurrence::EndCell* cells() const = 0;
  /// Then: by pair, on the device, those that have been kept, as long as this lives; null where there are none at all.
  virtual const recurrence::Checkpoints* checkpoints() const { return nullptr; }
  /// Of how many pairs, about.
  virtual std::size_t pairs_with_checkpoints() const { return 0; }

  /// Whether it finds paths, too, so that no other kernels have to.
  virtual bool finds_paths() const { return false; }
  /// Then, where paths are wanted: stores them in the run and in `cigars`, as `writer`'s.
  virtual void store_paths(CigarCollector& /*cigars*/, int /*writer*/) {}
  /// Pairs that no kernel has done.
  virtual std::vector<std::size_t> left_out() const { return {}; }
};

}  // namespace anneal::align::gpu
