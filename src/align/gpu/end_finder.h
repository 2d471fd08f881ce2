// Finds the scores and end cells of a chunk's pairs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "align/band_check.h"
#include "align/empty_pair.h"
#include "align/gpu/chunk_memory.h"
#include "align/gpu/end_traits.h"
#include "align/gpu/finder.h"
#include "align/gpu/mirror.h"
#include "align/gpu/rows_end_batch.h"
#include "align/run.h"
#include "align/score_bound.h"

namespace anneal::align::gpu {

/// Pairs go to the cheapest kernel that may hold their scores; those that overflow there are repeated by the next.
/// `Platform` names the classes of a kind of GPU, and launches by_rows().
template <class Platform>
class EndFinder final : public Finder {
 public:
  using Stage = typename Platform::Stage;
  using Chunk = typename Platform::Chunk;
  using Queue = typename Platform::Queue;
  using Kernel = typename Platform::EndKernel;
  using Choice = EndChoice<Kernel>;

  EndFinder(const Stage& stage, const Chunk& chunk, Queue& queue);

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

    /// Of a pair's matrix; `band` is negative for none.
    std::uint64_t most_cells(std::int64_t band = -1) const {
      const std::int64_t diagonals = band < 0 ? longest_query : 2 * band + 1;
      return std::uint64_t(std::min<std::int64_t>(longest_query, diagonals)) * std::uint64_t(longest_target);
    }
  };

  std::size_t by_rows() const { return choices_.size(); }  ///< the choice that takes every pair
  static constexpr std::uint8_t is_done = 0xff;

  bool excludes_ends() const { return excluded_ends_.size > 0; }
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
  EndBatch batch_of(const Choice& choice) const;
  void store_results();

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  Queue& queue_;
  std::span<const Choice> choices_;
  std::vector<std::uint8_t> choice_of_;  // of each pair
  std::vector<std::int32_t> left_;       // pairs of this round, neighbours about equally long
  Piece<ExcludedEnds> excluded_ends_;    // empty where the batch has none
  Piece<std::int32_t> order_;
  Piece<std::int32_t> undecided_count_;
  Piece<recurrence::EndCell> results_;
  Mirror mirror_;
  device::Buffer<std::int32_t> undecided_;
  std::vector<device::Buffer<unsigned char>> borders_;
  device::Buffer<recurrence::Checkpoints> checkpoints_;
  std::vector<device::Buffer<unsigned char>> checkpoint_rows_;
  std::size_t pairs_with_checkpoints_ = 0;
  typename Platform::Clock::Span kernels_;
  std::shared_ptr<const device::Event> done_;
};

template <class Platform>
EndFinder<Platform>::EndFinder(const Stage& stage, const Chunk& chunk, Queue& queue)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue), choices_(stage.scorings.end_choices()),
      choice_of_(chunk.size(), is_done), left_(chunk.by_length()) {
  MirrorLayout layout;
  undecided_count_ = layout.add<std::int32_t>(1);
  excluded_ends_ = layout.add<ExcludedEnds>(run_.batch().has_excluded_ends() ? chunk.size() : 0);
  order_ = layout.add<std::int32_t>(chunk.size());
  results_ = layout.add<recurrence::EndCell>(chunk.size());
  mirror_ = Mirror(layout, stage.staging, stage.memory);
  if (Platform::has_dust) undecided_ = stage.memory.template acquire<std::int32_t>(chunk.size());
}

template <class Platform>
void EndFinder<Platform>::start() {
  if (run_.options().band >= 0 || chunk_.has_empty_sequences() || excludes_ends()) {
    std::erase_if(left_, [&](std::int32_t pair) { return is_done_at_once(static_cast<std::size_t>(pair)); });
  }
  // Neighbours are often equally long.
  std::int32_t rows = -1, columns = -1;
  std::uint8_t choice[2] = {};  // of queries that are not plain, and of those that are
  for (const std::int32_t index : left_) {
    const auto pair = static_cast<std::size_t>(index);
    if (rows != chunk_.query_length(pair) || columns != chunk_.target_length(pair)) {
      rows = chunk_.query_length(pair);
      columns = chunk_.target_length(pair);
      for (const bool is_plain : {false, true}) choice[is_plain] = choice_for(rows, columns, is_plain);
    }
    choice_of_[pair] = choice[chunk_.query_is_plain(pair)];
  }
  for (std::size_t pair = 0; pair < excluded_ends_.size; ++pair) {
    mirror_.host(excluded_ends_)[pair] = run_.batch().excluded_ends(chunk_.first() + pair);
  }
  // Those of pairs that are done nobody looks at.
  if (left_.size() < chunk_.size()) {
    queue_.fill(mirror_.device(results_), 0, results_.size * sizeof(recurrence::EndCell));
  }
  submit_round();
}

// Pairs that need no kernel.
template <class Platform>
bool EndFinder<Platform>::is_done_at_once(std::size_t pair) {
  const std::int32_t rows = chunk_.query_length(pair), columns = chunk_.target_length(pair);
  const std::size_t number = chunk_.first() + pair;
  if (run_.options().band >= 0 &&
      !band_admits_path(rows, columns, run_.band(number), run_.boundary(), run_.end_cells())) {
    run_.alignment(number).status = Status::outside_band;
    return true;
  }
  if (rows == 0 || columns == 0) store_empty_pair(run_, number);
  return rows == 0 || columns == 0 || run_.batch().excludes_all_ends(number);
}

// The first kernel that may hold such a pair.
template <class Platform>
std::uint8_t EndFinder<Platform>::choice_for(std::int32_t rows, std::int32_t columns, bool is_plain) const {
  return choice_from(0, rows, columns, is_plain, std::numeric_limits<int>::min());
}
// The next one, for a pair that has overflowed.
template <class Platform>
std::uint8_t EndFinder<Platform>::choice_after(std::size_t pair) const {
  const std::size_t choice = choice_of_[pair];
  return choice_from(choice + 1, chunk_.query_length(pair), chunk_.target_length(pair), chunk_.query_is_plain(pair),
                     choices_[choice].parameters.highest_exact);
}
template <class Platform>
std::uint8_t EndFinder<Platform>::choice_from(std::size_t from, std::int32_t rows, std::int32_t columns, bool is_plain,
                                              int exceeded) const {
  if (excludes_ends()) return static_cast<std::uint8_t>(by_rows());
  const std::int64_t bound = score_bound(run_.options(), rows, columns);
  for (std::size_t k = from; k < choices_.size(); ++k) {
    if ((choices_[k].by_letters() && !is_plain) || choices_[k].parameters.highest_exact <= exceeded) continue;
    if (choices_[k].takes(rows, columns, bound)) return static_cast<std::uint8_t>(k);
  }
  return static_cast<std::uint8_t>(by_rows());
}

template <class Platform>
void EndFinder<Platform>::submit_round() {
  if (left_.empty()) return;
  std::vector<Group> groups = group_pairs();
  *mirror_.host(undecided_count_) = 0;
  mirror_.upload(queue_, order_.offset + left_.size() * sizeof(std::int32_t));
  borders_.clear();
  bool has_dust = false;
  kernels_.begin(queue_);
  for (Group& group : groups) {
    widen(group);
    if (group.choice == by_rows()) {
      launch_by_rows(group);
    } else {
      launch(group);
      has_dust |= choices_[group.choice].kernel->shape.form.has_dust();
    }
  }
  if (has_dust) launch_finisher();
  kernels_.end(queue_);
  mirror_.download(queue_, results_);
  done_ = queue_.record();
}

// Orders the pairs that are left by kernel, and otherwise as they are.
template <class Platform>
std::vector<typename EndFinder<Platform>::Group> EndFinder<Platform>::group_pairs() {
  std::vector<Group> groups(choices_.size() + 1);
  for_each_run([&](std::size_t choice, Pairs pairs) { groups[choice].count += pairs.size(); });
  std::vector<std::int32_t*> next(groups.size(), mirror_.host(order_));
  std::size_t first = 0;
  for (std::size_t choice = 0; choice < groups.size(); ++choice) {
    groups[choice].choice = choice;
    groups[choice].first = first;
    next[choice] += first;
    first += groups[choice].count;
  }
  for_each_run([&](std::size_t choice, Pairs pairs) {
    next[choice] = std::ranges::copy(pairs, next[choice]).out;
    measure(pairs, groups[choice]);
  });
  std::erase_if(groups, [](const Group& group) { return group.count == 0; });
  return groups;
}

// Neighbours that have the same kernel: mostly all.
template <class Platform>
template <class Visit>
void EndFinder<Platform>::for_each_run(const Visit& visit) const {
  const auto choice_at = [&](std::size_t n) { return choice_of_[static_cast<std::size_t>(left_[n])]; };
  for (std::size_t first = 0, last = 0; first < left_.size(); first = last) {
    const std::size_t choice = choice_at(first);
    while (last < left_.size() && choice_at(last) == choice) ++last;
    visit(choice, Pairs(left_).subspan(first, last - first));
  }
}

template <class Platform>
void EndFinder<Platform>::measure(Pairs pairs, Group& group) {
  std::int32_t longest_query = group.longest_query, longest_target = group.longest_target;
  std::uint64_t cells = 0;
  for (const std::int32_t index : pairs) {
    const std::int32_t rows = chunk_.query_length(static_cast<std::size_t>(index)),
                       columns = chunk_.target_length(static_cast<std::size_t>(index));
    longest_query = std::max(longest_query, rows);
    longest_target = std::max(longest_target, columns);
    cells += std::uint64_t(rows) * std::uint64_t(columns);
  }
  group.longest_query = longest_query;
  group.longest_target = longest_target;
  run_.count_cells(cells);
}

// Pairs share a Word: its kernel must hold the longest query beside the longest target.
template <class Platform>
void EndFinder<Platform>::widen(Group& group) const {
  const std::int64_t bound = score_bound(run_.options(), group.longest_query, group.longest_target);
  while (group.choice < by_rows() &&
         !(choices_[group.choice].takes(group.longest_query, group.longest_target, bound) && is_affordable(group))) {
    ++group.choice;
  }
}

// Checkpoints of all pairs are kept until there are paths, beside which others need memory too.
template <class Platform>
bool EndFinder<Platform>::is_affordable(const Group& group) const {
  const Kernel& kernel = *choices_[group.choice].kernel;
  if (!kernel.keeps_checkpoints()) return true;
  const auto borders = static_cast<std::uint64_t>(kernel.borders_per_group(group.longest_query, group.longest_target));
  const std::uint64_t jobs = (group.count + 1) / static_cast<std::uint64_t>(kernel.shape.form.parts);
  return jobs * borders * sizeof(recurrence::Border) <= checkpoint_memory_of(stage_.chunk_memory);
}

template <class Platform>
EndBatch EndFinder<Platform>::batch_of(const Choice& choice) const {
  return {.queries = chunk_.table(Side::query),
          .targets = chunk_.table(Side::target),
          .results = mirror_.device(results_),
          .undecided = undecided_.data(),
          .undecided_count = mirror_.device(undecided_count_),
          .table = choice.table,
          .checkpoints = checkpoints_.data()};
}

template <class Platform>
void EndFinder<Platform>::launch(const Group& group) {
  const Choice& choice = choices_[group.choice];
  const Kernel& kernel = *choice.kernel;
  if (kernel.keeps_checkpoints()) make_checkpoints(group.count);
  EndBatch batch = batch_of(choice);
  batch.order = mirror_.device(order_) + group.first;
  batch.pairs = static_cast<std::int32_t>(group.count);
  batch.borders_per_group = kernel.borders_per_group(group.longest_query, group.longest_target);
  const auto groups_per_block = static_cast<std::uint64_t>(kernel.groups_per_block());
  const std::uint64_t bytes =
      static_cast<std::uint64_t>(batch.borders_per_group) * groups_per_block * sizeof(recurrence::Border);
  const std::uint64_t cells =
      group.most_cells() * groups_per_block * static_cast<std::uint64_t>(kernel.shape.form.parts);
  // Checkpoints of all jobs are kept, of other rows those of jobs in flight.
  const std::uint64_t bytes_in_flight = kernel.keeps_checkpoints() ? 0 : bytes;
  const unsigned blocks = stage_.end_blocks(kernel.blocks_for(batch.pairs), kernel, bytes_in_flight, cells);
  if (bytes > 0) {
    auto& borders = kernel.keeps_checkpoints() ? checkpoint_rows_ : borders_;
    borders.push_back(stage_.memory.template acquire<unsigned char>(bytes * blocks));
    batch.borders = reinterpret_cast<recurrence::Border*>(borders.back().data());
  }
  kernel.launch(queue_, batch, choice.parameters, blocks);
}

// At first, of no pair.
template <class Platform>
void EndFinder<Platform>::make_checkpoints(std::size_t pairs) {
  pairs_with_checkpoints_ += pairs;
  if (!checkpoints_.empty()) return;
  checkpoints_ = stage_.memory.template acquire<recurrence::Checkpoints>(chunk_.size());
  queue_.fill(checkpoints_.data(), 0, chunk_.size() * sizeof(recurrence::Checkpoints));
}

template <class Platform>
void EndFinder<Platform>::launch_by_rows(const Group& group) {
  RowsEndBatch batch{.queries = chunk_.table(Side::query),
                     .targets = chunk_.table(Side::target),
                     .band_centres = chunk_.band_centres(),
                     .excluded_ends = excludes_ends() ? mirror_.device(excluded_ends_) : nullptr,
                     .order = mirror_.device(order_) + group.first,
                     .pairs = static_cast<std::int32_t>(group.count),
                     .results = mirror_.device(results_),
                     .table = stage_.scorings.score_table(),
                     .rows_per_group = rows_end_ints(group.longest_query)};
  constexpr std::uint64_t groups = Platform::rows_end_groups;
  const std::uint64_t bytes = static_cast<std::uint64_t>(batch.rows_per_group) * sizeof(std::int32_t) * groups;
  const auto wanted = static_cast<std::int64_t>((group.count + groups - 1) / groups);
  const unsigned blocks = stage_.rows_end_blocks(wanted, bytes, group.most_cells(run_.options().band) * groups);
  borders_.push_back(stage_.memory.template acquire<unsigned char>(bytes * blocks));
  batch.rows = reinterpret_cast<std::int32_t*>(borders_.back().data());
  Platform::launch_rows_end(queue_, batch, stage_.scorings.rows_parameters(), blocks);
}

template <class Platform>
void EndFinder<Platform>::launch_finisher() {
  if constexpr (Platform::has_dust) {
    const Choice& finisher = stage_.scorings.finisher();
    EndBatch batch = batch_of(finisher);
    batch.order = undecided_.data();
    batch.counted_pairs = mirror_.device(undecided_count_);
    finisher.kernel->launch(queue_, batch, finisher.parameters, stage_.finisher_blocks());
  }
}

template <class Platform>
bool EndFinder<Platform>::advance() {
  if (!done_) return true;
  done_->wait();
  done_.reset();
  stage_.clock.count(kernels_);
  store_results();
  submit_round();
  return !done_;
}

// In the order in which they lie in memory.
template <class Platform>
void EndFinder<Platform>::store_results() {
  const recurrence::EndCell* const results = mirror_.host(results_);
  bool has_overflowed = false;
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    if (choice_of_[pair] == is_done) continue;
    const recurrence::EndCell& end = results[pair];
    if (end.score == recurrence::EndCell::overflowed) {
      choice_of_[pair] = choice_after(pair);
      has_overflowed = true;
    } else {
      choice_of_[pair] = is_done;
      run_.set_end(chunk_.first() + pair, end.score, end.query_end, end.target_end);
    }
  }
  left_.clear();
  if (!has_overflowed) return;
  std::ranges::copy_if(chunk_.by_length(), std::back_inserter(left_),
                       [&](std::int32_t pair) { return choice_of_[static_cast<std::size_t>(pair)] != is_done; });
}

}  // namespace anneal::align::gpu
