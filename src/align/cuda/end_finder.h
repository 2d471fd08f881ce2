// Finds the scores and end cells of a chunk's pairs.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "align/cuda/chunk.h"
#include "align/cuda/finder.h"
#include "align/cuda/mirror.h"
#include "align/cuda/stage.h"

namespace anneal::align::cuda {

/// Pairs go to the cheapest kernel that may hold their scores; those that overflow there are repeated by the next.
class EndFinder final : public Finder {
 public:
  EndFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue);

  void start() override;
  bool is_ready() const override { return !done_ || done_->is_done(); }
  bool advance() override;
  const recurrence::EndCell* cells() const override { return mirror_.device(results_); }
  const recurrence::Checkpoints* checkpoints() const override { return checkpoints_.data(); }
  std::size_t pairs_with_checkpoints() const override { return pairs_with_checkpoints_; }

 private:
  /// Pairs of one kernel, neighbours in `order`.
  struct Group {
    std::size_t choice = 0;
    std::size_t first = 0;
    std::size_t count = 0;
    std::int32_t longest_query = 0;
    std::int32_t longest_target = 0;
  };

  std::size_t by_rows() const { return choices_.size(); }  ///< the choice that takes every pair
  static constexpr std::uint8_t is_done = 0xff;

  bool is_done_at_once(std::size_t pair);
  std::uint8_t choice_for(std::int32_t rows, std::int32_t columns, bool is_plain) const;
  std::uint8_t choice_after(std::size_t pair) const;
  std::uint8_t choice_from(std::size_t from, std::int32_t rows, std::int32_t columns, bool is_plain,
                           int exceeded) const;
  void submit_round();
  using Pairs = std::span<const std::int32_t>;
  std::vector<Group> group_pairs();
  template <class Visit>
  void for_each_run(const Visit& visit) const;
  void measure(Pairs pairs, Group& group);
  void widen(Group& group) const;
  bool is_affordable(const Group& group) const;
  void launch(const Group& group);
  void make_checkpoints(std::size_t pairs);
  void launch_by_rows(const Group& group);
  void launch_finisher();
  EndBatch batch_of(const EndChoice& choice) const;
  void store_results();

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  device::cuda::Queue& queue_;
  std::span<const EndChoice> choices_;
  std::vector<std::uint8_t> choice_of_;  // of each pair
  std::vector<std::int32_t> left_;       // pairs of this round, neighbours about equally long
  Piece<std::int32_t> order_;
  Piece<std::int32_t> undecided_count_;
  Piece<recurrence::EndCell> results_;
  Mirror mirror_;
  device::Buffer<std::int32_t> undecided_;
  std::vector<device::Buffer<unsigned char>> borders_;
  device::Buffer<recurrence::Checkpoints> checkpoints_;
  std::vector<device::Buffer<unsigned char>> checkpoint_rows_;
  std::size_t pairs_with_checkpoints_ = 0;
  DeviceClock::Span kernels_;
  std::shared_ptr<const device::Event> done_;
};

}  // namespace anneal::align::cuda
