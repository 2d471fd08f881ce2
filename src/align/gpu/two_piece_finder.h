// Finds scores, ends and paths of a chunk's pairs where gaps have two pieces, and in Mode::extend_ksw2.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "align/band_check.h"
#include "align/diagonals.h"
#include "align/empty_pair.h"
#include "align/gpu/edge_path.h"
#include "align/gpu/finder.h"
#include "align/gpu/mirror.h"
#include "align/gpu/two_piece_batch.h"
#include "align/gpu/two_piece_classes.h"
#include "align/run.h"

namespace anneal::align::gpu {

/// A kernel does all of a pair at once; launches are of pairs that need about as much memory. `Platform` names the
/// classes of a kind of GPU, and launches the kernel.
///
/// Pairs whose path needs more memory than a chunk may have, even where scores are kept instead of traces, pairs of
/// TwoPieceLimits::cells, and those of 2^28 letters are left out.
template <class Platform>
class TwoPieceFinder final : public Finder {
 public:
  using Stage = typename Platform::Stage;
  using Chunk = typename Platform::Chunk;
  using Queue = typename Platform::Queue;

  TwoPieceFinder(const Stage& stage, const Chunk& chunk, Queue& queue);

  void start() override;
  bool is_ready() const override { return !done_ || done_->is_done(); }
  bool advance() override;
  const recurrence::EndCell* cells() const override { return nullptr; }
  bool finds_paths() const override { return true; }
  void store_paths(CigarCollector& cigars, int writer) override;
  std::vector<std::size_t> left_out() const override { return left_out_; }

 private:
  void choose_pairs();
  bool is_done_at_once(std::size_t pair);
  bool is_extension() const { return run_.options().mode == Mode::extend_ksw2; }
  std::int64_t letters_of(std::size_t pair) const {
    return std::int64_t{chunk_.query_length(pair)} + chunk_.target_length(pair);
  }
  recurrence::Antidiagonals cells_of(std::size_t pair) const;
  std::uint64_t count_cells(std::size_t pair) const;
  void lay_out();
  void launch_all();
  TwoPieceBatch batch_of(const TwoPieceClass& of, const std::int32_t* order) const;
  void store_path(std::size_t pair, CigarCollector& cigars, int writer);

  static constexpr std::int64_t groups_per_block = Platform::two_piece_limits.groups_per_block;
  static constexpr std::int64_t most_letters = (std::int64_t{1} << 28) - 1;  // of a pair

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  Queue& queue_;
  std::vector<TwoPieceClass> classes_;
  std::vector<std::size_t> by_host_;   // one side of which is empty
  std::vector<std::size_t> left_out_;  // numbers in the batch, as by_host_
  std::size_t pairs_ = 0;              // of all classes
  std::int64_t most_ops_ = 0;          // of all CIGARs together
  Piece<std::int32_t> order_;
  Piece<Offset> ops_ends_;
  Piece<recurrence::TwoPieceEnd> results_;
  Piece<recurrence::Word> ops_;
  Mirror mirror_;
  device::Buffer<unsigned char> workspace_;
  typename Platform::Clock::Span span_;
  std::shared_ptr<const device::Event> done_;
};

template <class Platform>
TwoPieceFinder<Platform>::TwoPieceFinder(const Stage& stage, const Chunk& chunk, Queue& queue)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue) {}

template <class Platform>
void TwoPieceFinder<Platform>::start() {
  choose_pairs();
  if (pairs_ == 0) return;
  lay_out();
  mirror_.upload(queue_, results_.offset);
  span_.begin(queue_);
  launch_all();
  span_.end(queue_);
  mirror_.download(queue_, results_, ops_);
  done_ = queue_.record();
}

// Those with the longest targets come first.
template <class Platform>
void TwoPieceFinder<Platform>::choose_pairs() {
  TwoPieceClasses classes(run_.wants_path(), Platform::two_piece_limits, stage_.chunk_memory);
  std::uint64_t cells = 0;
  for (const std::int32_t index : chunk_.by_length()) {
    const auto pair = static_cast<std::size_t>(index);
    if (is_done_at_once(pair)) continue;
    const std::uint64_t count = letters_of(pair) > most_letters ? 0 : count_cells(pair);
    if (count == 0 || !classes.add(index, cells_of(pair), count)) {
      left_out_.push_back(chunk_.first() + pair);
      continue;
    }
    cells += count;
    ++pairs_;
    if (run_.wants_path()) most_ops_ += letters_of(pair);
  }
  run_.count_cells(cells);
  classes_ = classes.take();
}

template <class Platform>
bool TwoPieceFinder<Platform>::is_done_at_once(std::size_t pair) {
  const std::int32_t rows = chunk_.query_length(pair), columns = chunk_.target_length(pair);
  const std::size_t number = chunk_.first() + pair;
  const bool is_empty = rows == 0 || columns == 0;
  if (is_extension()) {
    if (is_empty) store_empty_extension(run_, number);
  } else if (!band_admits_path(rows, columns, run_.band(number), run_.boundary(), run_.end_cells())) {
    run_.alignment(number).status = Status::outside_band;
    return true;
  } else if (is_empty) {
    store_empty_pair(run_, number);
  }
  if (is_empty) by_host_.push_back(number);
  return is_empty;
}

template <class Platform>
recurrence::Antidiagonals TwoPieceFinder<Platform>::cells_of(std::size_t pair) const {
  return recurrence::Antidiagonals::of(chunk_.query_length(pair), chunk_.target_length(pair), run_.options().band,
                                       run_.batch().band_centre(chunk_.first() + pair));
}

template <class Platform>
std::uint64_t TwoPieceFinder<Platform>::count_cells(std::size_t pair) const {
  const std::int64_t rows = chunk_.query_length(pair), columns = chunk_.target_length(pair);
  return diagonals_of(run_.band(chunk_.first() + pair), rows, columns).cells_of(rows, columns);
}

template <class Platform>
void TwoPieceFinder<Platform>::lay_out() {
  MirrorLayout layout;
  // First what goes to the device, then what comes back.
  order_ = layout.add<std::int32_t>(pairs_);
  ops_ends_ = layout.add<Offset>(run_.wants_path() ? chunk_.size() : 0);
  results_ = layout.add<recurrence::TwoPieceEnd>(chunk_.size());
  ops_ = layout.add<recurrence::Word>(static_cast<std::size_t>(most_ops_));
  mirror_ = Mirror(layout, stage_.staging, stage_.memory);
  std::int32_t* next = mirror_.host(order_);
  Offset ops_end = 0;
  for (const TwoPieceClass& each : classes_) {
    next = std::ranges::copy(each.pairs, next).out;
    if (!run_.wants_path()) continue;
    for (const std::int32_t pair : each.pairs) {
      ops_end += letters_of(static_cast<std::size_t>(pair));
      mirror_.host(ops_ends_)[pair] = ops_end;
    }
  }
}

// Launches run one after the other, and share a workspace.
template <class Platform>
void TwoPieceFinder<Platform>::launch_all() {
  std::vector<TwoPieceBatch> batches;
  std::vector<unsigned> blocks;
  std::uint64_t bytes = 0;
  const std::int32_t* order = mirror_.device(order_);
  for (const TwoPieceClass& each : classes_) {
    batches.push_back(batch_of(each, order));
    order += each.pairs.size();
    const auto of_block = static_cast<std::uint64_t>(batches.back().bytes_per_group) * groups_per_block;
    const std::int64_t wanted = (batches.back().pairs + groups_per_block - 1) / groups_per_block;
    blocks.push_back(stage_.two_piece_blocks(wanted, batches.back(), of_block, each.most_cells * groups_per_block));
    const std::uint64_t groups = std::min<std::uint64_t>(each.pairs.size(), blocks.back() * groups_per_block);
    bytes = std::max(bytes, groups * static_cast<std::uint64_t>(batches.back().bytes_per_group));
  }
  workspace_ = stage_.memory.template acquire<unsigned char>(bytes);
  for (std::size_t k = 0; k < batches.size(); ++k) {
    batches[k].workspace = workspace_.data();
    Platform::launch_two_piece(queue_, batches[k], stage_.scorings.two_piece_parameters(), blocks[k]);
  }
}

template <class Platform>
TwoPieceBatch TwoPieceFinder<Platform>::batch_of(const TwoPieceClass& of, const std::int32_t* order) const {
  const bool wants_path = run_.wants_path();
  return {.queries = chunk_.table(Side::query),
          .targets = chunk_.table(Side::target),
          .band_centres = chunk_.band_centres(),
          .order = order,
          .pairs = static_cast<std::int32_t>(of.pairs.size()),
          .results = mirror_.device(results_),
          .ops_ends = wants_path ? mirror_.device(ops_ends_) : nullptr,
          .ops = wants_path ? mirror_.device(ops_) : nullptr,
          .table = stage_.scorings.score_table(),
          .own_ints = static_cast<std::int32_t>(of.own_ints),
          .bytes_per_group = of.bytes_per_group(stage_.chunk_memory, groups_per_block)};
}

template <class Platform>
bool TwoPieceFinder<Platform>::advance() {
  if (!done_) return true;
  done_->wait();
  stage_.clock.count(span_);
  const recurrence::TwoPieceEnd* const results = mirror_.host(results_);
  for (const TwoPieceClass& each : classes_) {
    for (const std::int32_t pair : each.pairs) {
      const recurrence::TwoPieceEnd& end = results[pair];
      const std::size_t number = chunk_.first() + static_cast<std::size_t>(pair);
      if (is_extension()) {
        run_.set_extension(number, end.score, end.query_end, end.target_end,
                           {.global_score = end.global_score,
                            .global_target_end = end.global_target_end,
                            .dropped = end.dropped != 0});
      } else {
        run_.set_end(number, end.score, end.query_end, end.target_end);
      }
    }
  }
  return true;
}

template <class Platform>
void TwoPieceFinder<Platform>::store_paths(CigarCollector& cigars, int writer) {
  for (const std::size_t number : by_host_) {
    if (run_.alignment(number).status == Status::aligned) store_edge_path(run_, number, cigars, writer);
  }
  for (const TwoPieceClass& each : classes_) {
    for (const std::int32_t pair : each.pairs) store_path(static_cast<std::size_t>(pair), cigars, writer);
  }
}

// They begin where both sequences do.
template <class Platform>
void TwoPieceFinder<Platform>::store_path(std::size_t pair, CigarCollector& cigars, int writer) {
  static_assert(sizeof(CigarOp) == sizeof(recurrence::Word));
  Alignment& alignment = run_.alignment(chunk_.first() + pair);
  if (alignment.status != Status::aligned) return;
  alignment.query_begin = alignment.target_begin = 0;
  const auto count = static_cast<std::size_t>(mirror_.host(results_)[pair].ops);
  std::vector<CigarOp>& list = cigars.ops(writer);
  const std::size_t first = list.size();
  list.resize(first + count);
  if (count != 0) {
    const recurrence::Word* const end = mirror_.host(ops_) + mirror_.host(ops_ends_)[pair];
    std::memcpy(static_cast<void*>(list.data() + first), end - count, count * sizeof(recurrence::Word));
  }
  cigars.record(chunk_.first() + pair, writer, first, count);
}

}  // namespace anneal::align::gpu
