// Neighbouring pairs of a batch, before their letters go to a device: how long they are, and where letters will be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "align/run.h"

namespace anneal::align::gpu {

class ChunkPairs {
 public:
  /// Pairs first .. last - 1 of the run's batch. Clears their results.
  ChunkPairs(Run& run, std::size_t first, std::size_t last);

  std::size_t first() const { return first_; }
  std::size_t size() const { return size_; }
  std::int32_t query_length(std::size_t pair) const { return sides_[0].lengths[pair]; }
  std::int32_t target_length(std::size_t pair) const { return sides_[1].lengths[pair]; }
  /// The pairs, those with the longest targets first, and among these with the longest queries.
  const std::vector<std::int32_t>& by_length() const { return by_length_; }
  bool has_empty_sequences() const { return has_empty_sequences_; }
  bool has_centres() const { return has_centres_; }

  struct SideOfPairs {
    std::span<const std::string_view> texts;  ///< one per pair, or one for all
    std::vector<std::int32_t> lengths;        ///< by pair
    std::vector<std::int64_t> starts;         ///< of letters, with padding, of both sides together; multiples of 4
  };
  const SideOfPairs& side(Side side) const { return sides_[index_of(side)]; }
  /// Of four letters, of all sequences.
  std::size_t words() const { return words_; }

  static std::size_t index_of(Side side) { return side == Side::query ? 0 : 1; }
  static std::size_t words_of(std::size_t letters) { return (letters + 3) / 4; }

 private:
  void measure(Side side);
  void sort();

  Run& run_;
  std::size_t first_;
  std::size_t size_;
  bool has_centres_ = false;
  bool has_empty_sequences_ = false;
  std::size_t words_ = 0;
  std::vector<std::int32_t> by_length_;
  SideOfPairs sides_[2];
};

}  // namespace anneal::align::gpu
