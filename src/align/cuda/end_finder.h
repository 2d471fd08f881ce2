// Finds the scores and end cells of a chunk's pairs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "align/cuda/chunk.h"
#include "align/cuda/mirror.h"
#include "align/cuda/stage.h"

namespace anneal::align::cuda {

/// Pairs go to the cheapest kernel that may hold their scores; those that overflow there are repeated by the next.
class EndFinder {
 public:
  EndFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue);

  /// Submits a first round for all pairs. The chunk's letters are on the device before, or on their way.
  void start();
  /// Waits, repeats what has to be, and stores the results in the run. Returns the pairs that no kernel can hold.
  std::vector<std::size_t> finish();

 private:
  /// Pairs of one kernel, neighbours in `order`.
  struct Group {
    std::size_t choice;
    std::size_t first;
    std::size_t count;
    std::int32_t longest_query = 0;
    std::int32_t longest_target = 0;
  };

  bool is_empty(std::size_t pair) const { return chunk_.query_length(pair) == 0 || chunk_.target_length(pair) == 0; }
  void choose(std::size_t pair, std::size_t from);
  bool submit_round();
  std::vector<Group> group_pairs();
  void widen(std::vector<Group>& groups) const;
  void launch(const Group& group);
  void launch_finisher();
  EndBatch batch_of(const EndChoice& choice) const;
  void store_results();

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  device::cuda::Queue& queue_;
  std::span<const EndChoice> choices_;
  std::vector<std::uint8_t> choice_of_;  // of each pair
  std::vector<std::int32_t> left_;       // pairs of the next round
  std::size_t round_size_ = 0;           // pairs of this one, in order_
  std::vector<std::size_t> unsolved_;
  Piece<std::int32_t> order_;
  Piece<std::int32_t> undecided_count_;
  Piece<recurrence::EndCell> results_;
  Mirror mirror_;
  device::Buffer<std::int32_t> undecided_;
  std::vector<device::Buffer<recurrence::Border>> borders_;
  std::shared_ptr<const device::Event> done_;
};

}  // namespace anneal::align::cuda
