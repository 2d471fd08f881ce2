// Finds the CIGARs of a chunk's pairs, whose ends are known.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "align/cigar_collector.h"
#include "align/gpu/finder.h"
#include "align/gpu/mirror.h"
#include "align/metal/chunk.h"
#include "align/metal/path_kernels.h"
#include "align/metal/stage.h"

namespace anneal::align::metal {

/// First a kernel finds the paths that the letters tell; then others find the rest, each pair by the cheapest that can
/// hold its scores.
class PathFinder {
 public:
  /// The finder of ends is not asked: the host knows where paths end.
  PathFinder(const Stage& stage, const Chunk& chunk, device::metal::Queue& queue, const gpu::Finder&);

  /// Submits the first kernel. Whether there is anything to do.
  bool start();
  /// Whether advance() will not wait. Throws where the work failed.
  bool is_ready() const { return !done_ || done_->is_done(); }
  /// Waits for what was submitted, and submits what is left. Whether nothing is.
  bool advance();
  /// Then: stores the paths in the run and in `cigars`, as `writer`'s. Returns the pairs that no kernel has done.
  std::vector<std::size_t> store(CigarCollector& cigars, int writer);

 private:
  using Pairs = std::span<const std::int32_t>;

  /// What one kernel does: some of the order.
  struct Part {
    const PathChoice* choice;
    const PathKernel* kernel;
    std::size_t first;
    std::size_t count;
    unsigned blocks = 0;  ///< in a command buffer
    std::int64_t words_per_group = 0;
    std::int64_t workspace_words = 0;  ///< of all groups in flight
  };
  /// What the jobs of a part need: the least and the most of all of them, and cells.
  struct JobNeeds {
    std::int64_t least_words = 0;
    std::int64_t most_words = 0;
    std::uint64_t cells = 0;
    std::uint64_t largest_job = 0;
  };

  void choose_pairs();
  void lay_out();
  PathBatch batch_of(const PathChoice& choice) const;
  void launch_ungapped(const PathChoice& choice, std::size_t first, std::size_t count);
  void launch_rest();
  void share_out(const PathChoice& choice, Pairs pairs, std::vector<Part>& parts);
  std::size_t kernel_for(const PathChoice& choice, std::int32_t pair) const;
  recurrence::PathPair path_pair(std::int32_t pair) const;
  void plan(Part& part);
  JobNeeds take_out_jobs(Part& part, std::int64_t most_words);
  void reserve_workspace(const std::vector<Part>& parts);
  void launch(const Part& part);

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  device::metal::Queue& queue_;
  std::vector<std::int32_t> pairs_;   // those whose queries have no N first, if they have kernels of their own
  std::size_t plain_ = 0;             // how many those are
  std::vector<std::size_t> by_host_;  // whose rectangles are empty
  std::vector<std::size_t> left_out_;
  bool letters_are_asked_ = false;
  std::int64_t most_ops_ = 0;  // of all CIGARs together
  gpu::Piece<std::int32_t> order_;
  gpu::Piece<recurrence::EndCell> cells_;
  gpu::Piece<std::int64_t> ops_ends_;
  gpu::Piece<PathEntry> entries_;
  gpu::Piece<recurrence::Word> ops_;
  gpu::Mirror mirror_;
  device::Buffer<recurrence::Word> workspace_;
  DeviceClock::Span kernels_;
  std::shared_ptr<const device::Event> done_;
};

}  // namespace anneal::align::metal
