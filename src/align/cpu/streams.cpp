#include "align/cpu/streams.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "align/cpu/stream_plan.h"

namespace anneal::align::cpu {
namespace {

std::int64_t rounded_up(std::int64_t value, std::int64_t step) { return (value + step - 1) / step * step; }

std::size_t size(std::int64_t value) { return static_cast<std::size_t>(value); }

}  // namespace

Streams::Streams(const Stage& stage, std::span<const Item> items, StreamKind kind, Scratch& scratch)
    : stage_(stage), items_(items), kernels_(stage.kernels.width[items.front().width]),
      block_(static_cast<std::int32_t>(stream_block_rows(kernels_.bits))),
      height_(stream_height(items, kernels_, kind)), queue_(items, height_, block_), ends_(items.size()),
      edges_(items.size()), work_(kernels_.lanes), lanes_(kernels_.lanes) {
  job_.lanes = lanes_.data();
  job_.profile_stride = stream_stride(height_);
  job_.padding_letter = stage.local.stream_scores.letters();
  job_.frame = stage.local.stream_frames[size(items.front().width)];
  job_.kind = kind;
  const bool only_score = stage.run.options().output == Output::score;
  job_.track = only_score && kind == StreamKind::one_query ? Track::best_score : Track::best_cell;
  job_.pairs = &stage.local.stream_pairs;
  allocate(scratch);
}

bool Streams::can_look_pairs_up(const Stage& stage, const Item& item) {
  const PairScores& scores = stage.local.stream_pairs;
  if (!stage.kernels.streams_look_pairs_up || !scores.possible()) return false;
  std::uint8_t seen = 0;
  for (const Side side : {Side::query, Side::target}) {
    for (const std::uint8_t code : stage.slab.codes(item.pair, side)) seen |= scores.numbers()[code];
  }
  return (seen & PairScores::no_number) == 0;
}

void Streams::allocate(Scratch& scratch) {
  const std::size_t vector = stage_.kernels.vector_bytes, element = vector / kernels_.lanes;
  const std::size_t rows = size(height_), columns = size(stream_columns);
  allocate_scores(scratch);
  std::uint8_t* memory =
      scratch.workspace.reserve((2 * rows + 3 + 4 * columns + 16 * columns + 4 * (4 + columns)) * vector);
  const auto take = [&](std::size_t vectors) {
    std::uint8_t* taken = memory;
    memory += vectors * vector;
    return taken;
  };
  job_.h = take(rows);
  job_.e = take(rows);
  job_.best = take(1);
  job_.corner = take(1);
  job_.fall = take(1);
  job_.top_h = take(columns);
  job_.top_f = take(columns);
  job_.bottom_h = take(columns);
  job_.bottom_f = take(columns);
  job_.block = take(16 * columns);
  // 32 bits per lane.
  const auto take_numbers = [&](std::size_t vectors) {
    return reinterpret_cast<std::uint32_t*>(take(4 / element * vectors));
  };
  job_.letters = take_numbers(1);
  job_.places = take_numbers(columns);
  job_.profile_of_lane = profile_of_lane_ = take_numbers(1);
  job_.base = reinterpret_cast<std::int32_t*>(take_numbers(1));
  job_.top_base = reinterpret_cast<std::int32_t*>(take_numbers(1));
  job_.profiles = profiles_;

  std::size_t edges = 0;
  const auto edge_of = [&](const Item& item) {
    return item.rows > height_ ? size(tile_count(item.columns, stream_columns)) * stream_edge_bytes(element) : 0;
  };
  for (const Item& item : items_) edges += edge_of(item);
  std::uint8_t* edge = scratch.target_lanes.reserve(edges);
  for (std::size_t item = 0; item < items_.size(); edge += edge_of(items_[item]), ++item) edges_[item] = edge;
}

void Streams::allocate_scores(Scratch& scratch) {
  const std::size_t rows = size(height_);
  switch (job_.kind) {
    case StreamKind::pairs:
      job_.numbers = numbers_ = scratch.query_lanes.reserve(rows * kernels_.lanes);
      std::memset(numbers_, job_.pairs->numbers()[stage_.scores.padding()], rows * kernels_.lanes);
      break;
    case StreamKind::profiles:
      profile_bytes_ = size(job_.padding_letter + 1) * size(job_.profile_stride);
      profiles_ = scratch.query_lanes.reserve(kernels_.lanes * profile_bytes_ + size(job_.profile_stride));
      padding_ = profiles_ + kernels_.lanes * profile_bytes_;
      std::memset(padding_, stage_.local.stream_scores.padding_score(), size(job_.profile_stride));
      break;
    case StreamKind::one_query: {
      const Item& any = items_.front();
      const Codes query = stage_.slab.codes(any.pair, Side::query).subspan(size(any.first_row), size(any.rows));
      query_rows_.emplace(query, rows, stage_.local.stream_scores).lend_to(job_);
      job_.column_scores = scratch.query_lanes.reserve(size(job_.row_kinds * stream_columns) * kernels_.lanes);
      break;
    }
  }
}

const std::vector<BestEnd>& Streams::find_ends() {
  for (BestEnd& end : ends_) end = {.score = 0, .i = 1, .j = 1};
  for (std::size_t lane = 0; lane < work_.size(); ++lane) rest(lane);
  for (refill(); !active_.empty(); refill()) fill();
  stage_.run.count_cells(cells_);
  for (BestEnd& end : ends_) {
    if (end.score % job_.frame.times != 0) end.i = overflowed;
    end.score /= static_cast<std::int32_t>(job_.frame.times);
  }
  return ends_;
}

template <typename T>
void Streams::reset(std::size_t lane, std::int64_t best) {
  const StreamFrame& frame = job_.frame;
  job_.base[lane] = static_cast<std::int32_t>(frame.first_base(best));
  job_.top_base[lane] = 0;
  static_cast<T*>(job_.fall)[lane] = std::numeric_limits<T>::max();
  static_cast<T*>(job_.best)[lane] = static_cast<T>(frame.bias + best - job_.base[lane]);
  for (std::int64_t k = 0; k < stream_columns; ++k) {
    const auto zero = static_cast<T>(frame.bias + k * frame.gap_extend);
    static_cast<T*>(job_.top_h)[lane * stream_columns + size(k)] = zero;
    static_cast<T*>(job_.top_f)[lane * stream_columns + size(k)] = zero;
  }
}

void Streams::reset_lane(std::size_t lane, std::int64_t best) {
  kernels_.bits == 8 ? reset<std::uint8_t>(lane, best) : reset<std::uint16_t>(lane, best);
}

// A lane that has nothing to do.
void Streams::rest(std::size_t lane) {
  work_[lane].tiles_left = 0;
  reset_lane(lane, 0);
  lanes_[lane] = {};
  profile_of_lane_[lane] = static_cast<std::uint32_t>(padding_ - profiles_);
  // Of profiles, a lane without work has that of one letter alone.
  job_.letters[lane] = job_.kind == StreamKind::profiles ? 0 : std::uint32_t{0x01010101} * stage_.scores.padding();
}

// Gives lanes without work some. A lane has padding below its rows, as far as any lane will have rows meanwhile.
void Streams::refill() {
  std::int64_t tallest = queue_.tallest();
  for (const std::int32_t lane : active_) tallest = std::max<std::int64_t>(tallest, work_[size(lane)].part.rows);
  active_.clear();
  bool may_take = !queue_.empty();
  for (std::size_t lane = 0; lane < work_.size(); ++lane) {
    if (work_[lane].tiles_left == 0) {
      const std::optional<StreamPart> part = may_take ? queue_.take(time_) : std::nullopt;
      may_take = part.has_value();
      if (part) {
        start(lane, *part, rounded_up(std::max<std::int64_t>(tallest, part->rows), block_));
      } else if (lanes_[lane].target != nullptr) {
        rest(lane);
      }
    }
    if (work_[lane].tiles_left > 0) active_.push_back(static_cast<std::int32_t>(lane));
  }
  if (job_.kind == StreamKind::one_query && !active_.empty()) lend_letters();
}

// The kernel takes letters of every lane: those of one at work are as good as any where nobody asks for the result.
void Streams::lend_letters() {
  for (std::size_t lane = 0; active_.size() < work_.size() && lane < work_.size(); ++lane) {
    if (work_[lane].tiles_left == 0) lanes_[lane].target = lanes_[size(active_.front())].target;
  }
}

// As the kernel looks up scores for them.
void Streams::load_rows(std::size_t lane, const StreamPart& part, std::int64_t rows) {
  const Item& item = items_[part.item];
  std::array<std::uint8_t, most_stream_rows + 64> letters;
  const std::uint8_t* query = letters.data();
  const Codes codes = stage_.slab.codes(item.pair, Side::query);
  std::memcpy(letters.data(), codes.data() + item.first_row + part.first_row, size(part.rows));
  std::memset(letters.data() + part.rows, stage_.scores.padding(), letters.size() - size(part.rows));
  if (job_.kind == StreamKind::pairs) {
    const std::uint8_t* numbers = job_.pairs->numbers();
    const std::size_t vector = stage_.kernels.vector_bytes;
    for (std::int64_t row = 0; row < rows; row += 16) {
      std::uint8_t* out = numbers_ + stream_letter_place(row, kernels_.bits, work_.size()) + lane;
      for (std::size_t k = 0; k < 16; ++k) out[k * vector] = numbers[*query++];
    }
    return;
  }
  std::uint8_t* profile = profiles_ + lane * profile_bytes_;
  stage_.kernels.build_profile({.matrix = stage_.local.stream_scores.by_target(),
                                .letters = job_.padding_letter + 1,
                                .query = query,
                                .rows = rows,
                                .stride = job_.profile_stride,
                                .profile = profile});
  profile_of_lane_[lane] = static_cast<std::uint32_t>(profile - profiles_);
}

// Low lanes start and end together, where letters are taken: to look after each by itself costs more than the padding.
std::int64_t Streams::tiles_of(const Item& item) const {
  static_assert(Slab::margin >= query_letters);
  constexpr std::int64_t low = 256;
  const bool whole = job_.kind == StreamKind::one_query && height_ <= low;
  return tile_count(whole ? rounded_up(item.columns, query_letters) : item.columns, stream_columns);
}

void Streams::start(std::size_t lane, const StreamPart& part, std::int64_t rows) {
  if (job_.kind != StreamKind::one_query) load_rows(lane, part, rows);
  const Item& item = items_[part.item];
  // The best may have its equal in an earlier column here.
  reset_lane(lane, std::max<std::int64_t>(0, ends_[part.item].score - 1));
  std::uint8_t* edge = edges_[part.item];
  lanes_[lane] = {.target = stage_.slab.codes(item.pair, Side::target).data() + item.first_column,
                  .top = part.first_row > 0 ? edge : nullptr,
                  .bottom = part.is_last ? nullptr : edge};
  work_[lane] = {part, tiles_of(item)};
}

void Streams::fill() {
  // Lanes without work look for some after each tile.
  job_.tiles = active_.size() < work_.size() && !queue_.empty() ? 1 : std::int64_t{1} << 31;
  // Never more than before: a lane that goes on has nothing in further rows.
  job_.rows = rounded_up(queue_.tallest(), block_);
  with_top_.clear();
  with_bottom_.clear();
  for (const std::int32_t number : active_) {
    const Work& work = work_[size(number)];
    job_.tiles = std::min(job_.tiles, work.tiles_left);
    job_.rows = std::max(job_.rows, rounded_up(work.part.rows, block_));
    if (lanes_[size(number)].top != nullptr) with_top_.push_back(number);
    if (lanes_[size(number)].bottom != nullptr) with_bottom_.push_back(number);
  }
  job_.active = active_.data();
  job_.active_count = active_.size();
  job_.with_top = with_top_.data();
  job_.top_count = with_top_.size();
  job_.with_bottom = with_bottom_.data();
  job_.bottom_count = with_bottom_.size();
  kernels_.fill_stream(job_);
  time_ += job_.tiles;
  cells_ += static_cast<std::uint64_t>(job_.tiles * stream_columns * job_.rows) * work_.size();
  for (const std::int32_t number : active_) advance(size(number));
  for (const std::int32_t number : active_) finish(size(number));
}

void Streams::advance(std::size_t lane) {
  const std::size_t edge = size(job_.tiles) * stream_edge_bytes(stage_.kernels.vector_bytes / work_.size());
  StreamLane& at = lanes_[lane];
  at.target += job_.tiles * stream_columns;
  at.column += static_cast<std::int32_t>(job_.tiles * stream_columns);
  if (at.top != nullptr) at.top += edge;
  if (at.bottom != nullptr) at.bottom += edge;
  Work& work = work_[lane];
  work.tiles_left -= job_.tiles;
  if (job_.frame.times == 1 && job_.base[lane] > 0) ends_[work.part.item].i = overflowed;
}

std::int32_t Streams::best_value(std::size_t lane) const {
  const std::int64_t stored = kernels_.bits == 8 ? static_cast<const std::uint8_t*>(job_.best)[lane]
                                                 : static_cast<const std::uint16_t*>(job_.best)[lane];
  return static_cast<std::int32_t>(job_.base[lane] + stored - job_.frame.bias);
}

// If it is.
void Streams::finish(std::size_t lane) {
  Work& work = work_[lane];
  BestEnd& end = ends_[work.part.item];
  if (end.i == overflowed) {
    queue_.drop(work.part.item);
    work.tiles_left = 0;
  }
  if (work.tiles_left > 0 || end.i == overflowed) return;
  if (job_.track == Track::best_score) {
    end.score = best_value(lane);
    return;
  }
  const StreamLane& at = lanes_[lane];
  if (at.end_row < 0) return;
  end.offer(at.end_value, work.part.first_row + at.end_row + 1, at.end_column + 1);
}

}  // namespace anneal::align::cpu
