#include "align/cpu/extend_vector.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "align/extension_limits.h"

namespace anneal::align::cpu {

template <typename T>
ExtendVector<T>::ExtendVector(const Stage& stage, std::span<const Item> group, const ExtendRoom& room)
    : stage_(stage), group_(group), room_(room), lanes_(stage.kernels.width[group.front().width].lanes),
      scratch_(stage.pool), pairs_(lanes_, none) {
  load();
}

template <typename T>
void ExtendVector<T>::load() {
  const LaneLetters query = load_lanes(stage_, group_, Side::query, scratch_, {}, room_.query + 1);
  const LaneLetters target = load_lanes(stage_, group_, Side::target, scratch_, {}, room_.target);
  query_ = scratch_.query_lanes.data();
  target_ = scratch_.target_lanes.data();
  state_ =
      reinterpret_cast<T*>(scratch_.workspace.reserve(extend_state_vectors(room_.query) * stage_.kernels.vector_bytes));
  std::fill_n(state_, extend_fields * lanes_, T{0});
  job_ = {.query = query_,
          .target = target_,
          .options = &stage_.run.options(),
          .scores = &stage_.scores,
          .state = state_,
          .columns = room_.query,
          .least_columns = room_.query,
          .least_band = std::numeric_limits<T>::max()};
  for (std::size_t lane = 0; lane < group_.size(); ++lane) set_limits(lane, query.lengths[lane], target.lengths[lane]);
  job_.likely = 1;
}

template <typename T>
void ExtendVector<T>::set_limits(std::size_t lane, std::int32_t query_length, std::int32_t target_length) {
  const AlignOptions& options = stage_.run.options();
  const std::int64_t h0 = stage_.run.batch().h0(group_[lane].pair);
  // A band beyond what the type holds is beyond the matrix too.
  const std::int64_t band =
      std::min<std::int64_t>(extension_band(query_length, options), std::numeric_limits<T>::max());
  pairs_[lane] = group_[lane].pair;
  field(ExtendField::rows)[lane] = static_cast<T>(query_length > 0 ? target_length : 0);
  field(ExtendField::columns)[lane] = static_cast<T>(query_length);
  field(ExtendField::band)[lane] = static_cast<T>(band);
  field(ExtendField::band_end)[lane] = static_cast<T>(std::min<std::int64_t>(band + 1, query_length));
  field(ExtendField::end)[lane] = static_cast<T>(query_length);
  field(ExtendField::score)[lane] = static_cast<T>(h0);
  if (query_length > 0) job_.least_columns = std::min<std::int64_t>(job_.least_columns, query_length);
  job_.least_band = std::min(job_.least_band, band);
  job_.widest_band = std::max(job_.widest_band, band);
  job_.late_seeds |= band + 2 <= query_length && h0 - options.gap_open - (band + 2) * options.gap_extend > 0;
}

template <typename T>
void ExtendVector<T>::run_until(std::int64_t row) {
  job_.stop_row = row;
  const auto timing = stage_.run.time_kernel();
  stage_.kernels.width[group_.front().width].extend(job_);
  job_.row = row;  // also where no lane ran that far: others may come
}

template <typename T>
std::size_t ExtendVector<T>::running() const {
  const T* rows = field(ExtendField::rows);
  return static_cast<std::size_t>(
      std::count_if(rows, rows + lanes_, [this](T length) { return std::int64_t{length} > job_.row; }));
}

template <typename T>
void ExtendVector<T>::refill_from(ExtendVector& other) {
  std::vector<Move> moves;
  std::size_t from = 0;
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    if (runs(lane)) continue;
    while (from < lanes_ && !other.runs(from)) ++from;
    if (from == lanes_) break;
    store_result(lane);
    moves.push_back({.from = from++, .to = lane});
  }
  move_lanes(moves, other);
  job_.least_columns = std::min(job_.least_columns, other.job_.least_columns);
  job_.least_band = std::min(job_.least_band, other.job_.least_band);
  job_.widest_band = std::max(job_.widest_band, other.job_.widest_band);
  job_.late_seeds |= other.job_.late_seeds;
  job_.first = std::min(job_.first, other.job_.first);
  job_.likely = std::max(job_.likely, other.job_.likely);
}

// Vector by vector, so that each cache line is touched once.
template <typename T>
void ExtendVector<T>::move_lanes(std::span<const Move> moves, ExtendVector& other) {
  const auto move = [&](auto* to, const auto* source, std::int64_t first, std::int64_t last) {
    for (std::int64_t k = first; k < last; ++k) {
      const std::size_t at = static_cast<std::size_t>(k) * lanes_;
      for (const Move& lane : moves) to[at + lane.to] = source[at + lane.from];
    }
  };
  std::int64_t rows = 0;
  for (const Move& lane : moves) rows = std::max<std::int64_t>(rows, other.field(ExtendField::rows)[lane.from]);
  move(state_, other.state_, 0, static_cast<std::int64_t>(extend_fields));
  move(query_, other.query_, other.job_.first, job_.columns);
  move(target_, other.target_, job_.row, rows);
  move(cells(0), other.cells(0), 2 * other.job_.first, 2 * (job_.columns + 1));
  for (std::int64_t column = 0; column < other.job_.first; ++column) {
    for (const Move& lane : moves) cells(column)[lane.to] = cells(column)[lanes_ + lane.to] = 0;
  }
  for (const Move& lane : moves) {
    pairs_[lane.to] = std::exchange(other.pairs_[lane.from], none);
    other.field(ExtendField::rows)[lane.from] = 0;
  }
}

template <typename T>
void ExtendVector<T>::store_result(std::size_t lane) {
  if (pairs_[lane] == none) return;
  const auto value = [&](ExtendField which) { return static_cast<std::int32_t>(field(which)[lane]); };
  const std::int32_t global_target_end = value(ExtendField::global_target_end);
  const Extension extension{.global_score = global_target_end == 0 ? -1 : value(ExtendField::global_score),
                            .global_target_end = global_target_end,
                            .max_off = value(ExtendField::max_off)};
  stage_.run.set_extension(pairs_[lane], value(ExtendField::score), value(ExtendField::query_end),
                           value(ExtendField::target_end), extension);
  pairs_[lane] = none;
}

template <typename T>
void ExtendVector<T>::store_results() {
  for (std::size_t lane = 0; lane < lanes_; ++lane) store_result(lane);
  stage_.run.count_cells(job_.cells * lanes_);
}

template class ExtendVector<std::uint8_t>;
template class ExtendVector<std::int16_t>;
template class ExtendVector<std::int32_t>;

}  // namespace anneal::align::cpu
