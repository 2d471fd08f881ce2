// Local alignments of pairs of many shapes in lanes that are refilled.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "align/best_end.h"
#include "align/cpu/query_rows.h"
#include "align/cpu/stage.h"
#include "align/cpu/stream_job.h"
#include "align/cpu/stream_queue.h"

namespace anneal::align::cpu {

/// Finds score and end of each item of a group, all of one width.
class Streams {
 public:
  /// In place of a row: the width does not suffice.
  static constexpr std::int64_t overflowed = -1;

  /// Whether this item's scores can be looked up by pairs of letters, which is faster.
  static bool can_look_pairs_up(const Stage& stage, const Item& item);

  /// All items must allow that kind.
  Streams(const Stage& stage, std::span<const Item> items, StreamKind kind, Scratch& scratch);

  /// The best end of each item, in their order.
  const std::vector<BestEnd>& find_ends();

 private:
  struct Work {
    StreamPart part;
    std::int64_t tiles_left = 0;  // 0: none
  };

  void allocate(Scratch& scratch);
  void allocate_scores(Scratch& scratch);
  template <typename T>
  void reset(std::size_t lane, std::int64_t best);
  void reset_lane(std::size_t lane, std::int64_t best);
  void rest(std::size_t lane);
  void refill();
  void lend_letters();
  void load_rows(std::size_t lane, const StreamPart& part, std::int64_t rows);
  std::int64_t tiles_of(const Item& item) const;
  void start(std::size_t lane, const StreamPart& part, std::int64_t rows);
  void fill();
  void advance(std::size_t lane);
  std::int32_t best_value(std::size_t lane) const;
  void finish(std::size_t lane);

  const Stage& stage_;
  std::span<const Item> items_;
  const WidthKernels& kernels_;
  std::int32_t block_, height_;
  StreamQueue queue_;
  StreamJob job_;
  std::vector<BestEnd> ends_;         // with values for scores
  std::vector<std::uint8_t*> edges_;  // of each item, between its parts
  std::vector<Work> work_;
  std::vector<StreamLane> lanes_;
  std::vector<std::int32_t> active_, with_top_, with_bottom_;
  std::uint32_t* profile_of_lane_ = nullptr;
  std::uint8_t* profiles_ = nullptr;
  std::uint8_t* numbers_ = nullptr;      // of letters, where pairs are looked up
  std::optional<QueryRows> query_rows_;  // where all lanes have one query
  std::uint8_t* padding_ = nullptr;      // scores of rows and lanes without letters
  std::size_t profile_bytes_ = 0;
  std::int64_t time_ = 0;  // in tiles
  std::uint64_t cells_ = 0;
};

}  // namespace anneal::align::cpu
