// In which order the lanes of a stream take parts of pairs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "align/cpu/plan.h"

namespace anneal::align::cpu {

/// Some rows of an item's rectangle, all columns.
struct StreamPart {
  std::size_t item = 0;
  std::int32_t first_row = 0;
  std::int32_t rows = 0;
  bool is_last = false;  ///< whether no rows follow
};

/// Parts of equal height, but for the last ones of each pair, which come when all others are taken, the tall ones
/// first: so lanes are at parts of about the same height at any time. A part may start when the one above it is ahead.
class StreamQueue {
 public:
  /// Parts have `height` rows; the last ones' are told apart by blocks of `block`.
  StreamQueue(std::span<const Item> items, std::int32_t height, std::int32_t block);

  bool empty() const { return next_ == parts_.size(); }
  /// Rows of the tallest part that is left, to the block; 0 if none is.
  std::int32_t tallest() const { return empty() ? 0 : parts_[next_].rows; }
  /// A part that may start at `time`, if one of the next few may. Times never fall.
  std::optional<StreamPart> take(std::int64_t time);
  /// Drops the parts of an item that were not taken.
  void drop(std::size_t item) { state_[item].dropped = true; }

 private:
  struct State {
    std::int32_t rows_taken = 0;
    std::int64_t last_start = -1;
    bool dropped = false;
  };

  void sort_parts(std::span<const Item> items, std::int32_t height, std::int32_t block);
  void skip_dropped();

  std::vector<StreamPart> parts_;
  std::vector<State> state_;
  std::size_t next_ = 0;
};

}  // namespace anneal::align::cpu
