// Finds the CIGARs of a chunk's pairs, whose ends are known.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "align/cigar_collector.h"
#include "align/cuda/chunk.h"
#include "align/cuda/path_kernels.h"
#include "align/cuda/stage.h"
#include "align/gpu/finder.h"
#include "align/gpu/mirror.h"

namespace anneal::align::cuda {

class PathFinder {
 public:
  /// `ends`: has found them, and outlives this.
  PathFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue, const Finder& ends);

  /// Submits the kernels. Whether there are any.
  bool start();
  /// Whether advance() will not wait. Throws where the work failed.
  bool is_ready() const { return !done_ || done_->is_done(); }
  /// Waits for them, and submits what has to be repeated with more memory. Whether nothing has to be.
  bool advance();
  /// Then: stores the paths in the run and in `cigars`, as `writer`'s. Returns the pairs that no kernel has done.
  std::vector<std::size_t> store(CigarCollector& cigars, int writer);

 private:
  struct List {
    device::Buffer<std::int32_t> pairs;
    std::int32_t* count;
  };
  /// What is still to do if a list is not empty.
  struct Rest {
    const PathChoice& choice;
    PathBatch batch;
    const List& left_out;
  };

  void choose_pairs();
  void lay_out();
  void run_kernels(std::uint64_t ops_room);
  void run(const PathChoice& choice, const Piece<std::int32_t>& order);
  void run_kernels_of(const PathChoice& choice, PathBatch batch);
  void run_rest();
  void sum_up();
  void add_list(PathBatch& batch);
  void take_left_out(PathBatch& batch);
  std::int32_t count_of(const List& list) const;
  void run(const PathKernel& kernel, const PathChoice& choice, PathBatch batch);
  unsigned blocks_for(const PathKernel& kernel, const PathBatch& batch) const;
  std::int64_t words_for(const PathKernel& kernel, std::int64_t pairs, bool is_last) const;
  std::int64_t words_to_keep(const PathKernel& kernel, std::int64_t pairs) const;
  bool does_all(const PathKernel& kernel, const PathChoice& choice, std::int64_t words_per_group) const;
  PathBatch batch_of(const PathChoice& choice) const;
  void gather(std::uint64_t ops_room);
  std::vector<std::size_t> left_out_of_all();
  void store_cigars(CigarCollector& cigars, int writer);
  void store_on_host(std::size_t pair, CigarCollector& cigars, int writer);

  static constexpr std::size_t most_lists = 16;

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  device::cuda::Queue& queue_;
  const Finder& ends_;
  const recurrence::EndCell* cells_;  // by pair, on the device; null for Mode::extend, where the host knows them
  // Each below what makes the expensive ones first: warps then end together, and none begins late.
  std::vector<std::uint64_t> plain_;   // whose queries have no N: for letter_paths()
  std::vector<std::uint64_t> others_;  // for matrix_paths()
  std::vector<std::size_t> by_host_;   // whose rectangles are empty
  std::int32_t longest_query_ = 0;
  std::int32_t longest_target_ = 0;
  float most_diagonals_ = 0;
  std::int64_t lowest_score_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t highest_score_ = std::numeric_limits<std::int64_t>::min();
  std::uint64_t most_ops_ = 0;              // of all CIGARs together
  Piece<recurrence::EndCell> known_cells_;  // where cells_ is null
  Piece<std::int32_t> plain_order_;
  Piece<std::int32_t> other_order_;
  Piece<std::int32_t> counts_;  // of lists_
  Piece<unsigned long long> ops_used_;
  Piece<unsigned long long> filled_cells_;
  Piece<PathEntry> entries_;
  Piece<std::uint64_t> total_ops_;
  Mirror mirror_;
  std::vector<List> lists_;
  std::optional<Rest> rest_;                                  // of pairs with checkpoints: seldom any
  unsigned long long counted_cells_ = 0;                      // of filled_cells_
  std::vector<const List*> last_lists_;                       // what the last kernels have left out
  device::Buffer<recurrence::Word> workspace_;                // of the kernels from some one on
  std::vector<device::Buffer<recurrence::Word>> workspaces_;  // of those before
  device::Buffer<recurrence::Word> ops_;
  std::uint32_t ops_room_ = 0;
  device::Buffer<unsigned long long> block_sums_;
  device::Buffer<recurrence::Word> gathered_;  // all CIGARs, in input order
  device::Buffer<recurrence::Word> sent_;      // the same on the host, which learns only with them how many there are
  DeviceClock::Span kernels_;
  std::shared_ptr<const device::Event> done_;
};

}  // namespace anneal::align::cuda
