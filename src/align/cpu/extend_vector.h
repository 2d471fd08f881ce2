// One vector of extensions on its way from row to row.
#pragma once

#include <span>
#include <vector>

#include "align/cpu/lane_load.h"
#include "align/cpu/stage.h"

namespace anneal::align::cpu {

/// Sequence lengths to make room for.
struct ExtendRoom {
  std::int64_t query = 0;
  std::int64_t target = 0;
};

/// T is the kernel's score type. Vectors of the same room that are at the same row can exchange lanes.
template <typename T>
class ExtendVector {
 public:
  /// Brings letters and limits of `group` into lanes.
  ExtendVector(const Stage& stage, std::span<const Item> group, const ExtendRoom& room);

  /// Fills the rows before `row`.
  void run_until(std::int64_t row);
  /// Lanes with rows left.
  std::size_t running() const;
  /// Moves running lanes of `other` into lanes that have stopped, as far as there are any. The results of these are
  /// stored.
  void refill_from(ExtendVector& other);
  /// Stores the results of all lanes.
  void store_results();

 private:
  struct Move {
    std::size_t from, to;
  };

  static constexpr std::size_t none = ~std::size_t{0};

  T* field(ExtendField which) { return state_ + static_cast<std::size_t>(which) * lanes_; }
  const T* field(ExtendField which) const { return state_ + static_cast<std::size_t>(which) * lanes_; }
  T* cells(std::int64_t column) { return state_ + (extend_fields + 2 * static_cast<std::size_t>(column)) * lanes_; }
  bool runs(std::size_t lane) const { return std::int64_t{field(ExtendField::rows)[lane]} > job_.row; }
  void load();
  void set_limits(std::size_t lane, std::int32_t query_length, std::int32_t target_length);
  void store_result(std::size_t lane);
  void move_lanes(std::span<const Move> moves, ExtendVector& other);

  const Stage& stage_;
  std::span<const Item> group_;
  ExtendRoom room_;
  std::size_t lanes_;
  Scratch scratch_;
  std::uint8_t* query_ = nullptr;   // interleaved
  std::uint8_t* target_ = nullptr;  // interleaved
  T* state_ = nullptr;
  std::vector<std::size_t> pairs_;  // of each lane; none: no result is wanted
  ExtendJob job_;
};

extern template class ExtendVector<std::uint8_t>;
extern template class ExtendVector<std::int16_t>;
extern template class ExtendVector<std::int32_t>;

}  // namespace anneal::align::cpu
