#include "align/cuda/end_finder.h"

#include <algorithm>
#include <limits>

#include "align/band_check.h"
#include "align/cuda/rows_end_kernel.h"
#include "align/empty_pair.h"
#include "align/score_bound.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

using recurrence::EndCell;

EndFinder::EndFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue), choices_(stage.scorings.end_choices()),
      choice_of_(chunk.size(), is_done), left_(chunk.by_length()) {
  MirrorLayout layout;
  undecided_count_ = layout.add<std::int32_t>(1);
  order_ = layout.add<std::int32_t>(chunk.size());
  results_ = layout.add<EndCell>(chunk.size());
  mirror_ = Mirror(layout, stage.staging, stage.memory);
  undecided_ = stage.memory.acquire<std::int32_t>(chunk.size());
}

void EndFinder::start() {
  if (run_.options().band >= 0 || chunk_.has_empty_sequences()) {
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
  // Those of pairs that are done nobody looks at.
  if (left_.size() < chunk_.size()) queue_.fill(mirror_.device(results_), 0, results_.size * sizeof(EndCell));
  submit_round();
}

// Pairs that need no kernel.
bool EndFinder::is_done_at_once(std::size_t pair) {
  const std::int32_t rows = chunk_.query_length(pair), columns = chunk_.target_length(pair);
  const std::size_t number = chunk_.first() + pair;
  if (run_.options().band >= 0 &&
      !band_admits_path(rows, columns, run_.band(number), run_.boundary(), run_.end_cells())) {
    run_.alignment(number).status = Status::outside_band;
    return true;
  }
  if (rows > 0 && columns > 0) return false;
  store_empty_pair(run_, number);
  return true;
}

// The first kernel that may hold such a pair.
std::uint8_t EndFinder::choice_for(std::int32_t rows, std::int32_t columns, bool is_plain) const {
  return choice_from(0, rows, columns, is_plain, std::numeric_limits<int>::min());
}
// The next one, for a pair that has overflowed.
std::uint8_t EndFinder::choice_after(std::size_t pair) const {
  const std::size_t choice = choice_of_[pair];
  return choice_from(choice + 1, chunk_.query_length(pair), chunk_.target_length(pair), chunk_.query_is_plain(pair),
                     choices_[choice].parameters.highest_exact);
}
std::uint8_t EndFinder::choice_from(std::size_t from, std::int32_t rows, std::int32_t columns, bool is_plain,
                                    int exceeded) const {
  const std::int64_t bound = score_bound(run_.options(), rows, columns);
  for (std::size_t k = from; k < choices_.size(); ++k) {
    if ((choices_[k].by_letters() && !is_plain) || choices_[k].parameters.highest_exact <= exceeded) continue;
    if (choices_[k].takes(rows, bound)) return static_cast<std::uint8_t>(k);
  }
  return static_cast<std::uint8_t>(by_rows());
}

void EndFinder::submit_round() {
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
std::vector<EndFinder::Group> EndFinder::group_pairs() {
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
template <class Visit>
void EndFinder::for_each_run(const Visit& visit) const {
  const auto choice_at = [&](std::size_t n) { return choice_of_[static_cast<std::size_t>(left_[n])]; };
  for (std::size_t first = 0, last = 0; first < left_.size(); first = last) {
    const std::size_t choice = choice_at(first);
    while (last < left_.size() && choice_at(last) == choice) ++last;
    visit(choice, Pairs(left_).subspan(first, last - first));
  }
}

void EndFinder::measure(Pairs pairs, Group& group) {
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
void EndFinder::widen(Group& group) const {
  const std::int64_t bound = score_bound(run_.options(), group.longest_query, group.longest_target);
  while (group.choice < by_rows() &&
         !(choices_[group.choice].takes(group.longest_query, bound) && is_affordable(group))) {
    ++group.choice;
  }
}

// Checkpoints of all pairs are kept until there are paths, beside which others need memory too.
bool EndFinder::is_affordable(const Group& group) const {
  const EndKernel& kernel = *choices_[group.choice].kernel;
  if (!kernel.keeps_checkpoints()) return true;
  const auto borders = static_cast<std::uint64_t>(kernel.borders_per_group(group.longest_query, group.longest_target));
  const std::uint64_t jobs = (group.count + 1) / static_cast<std::uint64_t>(kernel.shape.form.parts);
  return jobs * borders * sizeof(recurrence::Border) <= checkpoint_memory_of(stage_.chunk_memory);
}

EndBatch EndFinder::batch_of(const EndChoice& choice) const {
  return {.queries = chunk_.table(Side::query),
          .targets = chunk_.table(Side::target),
          .results = mirror_.device(results_),
          .undecided = undecided_.data(),
          .undecided_count = mirror_.device(undecided_count_),
          .table = choice.table,
          .checkpoints = checkpoints_.data()};
}

void EndFinder::launch(const Group& group) {
  const EndChoice& choice = choices_[group.choice];
  const EndKernel& kernel = *choice.kernel;
  if (kernel.keeps_checkpoints()) make_checkpoints(group.count);
  EndBatch batch = batch_of(choice);
  batch.order = mirror_.device(order_) + group.first;
  batch.pairs = static_cast<std::int32_t>(group.count);
  batch.borders_per_group = kernel.borders_per_group(group.longest_query, group.longest_target);
  auto blocks = static_cast<unsigned>(kernel.blocks_for(batch.pairs));
  if (batch.borders_per_group > 0) {
    const auto bytes =
        static_cast<std::uint64_t>(batch.borders_per_group * kernel.groups_per_block()) * sizeof(recurrence::Border);
    // Checkpoints of all jobs are kept, of other rows those of jobs in flight.
    if (!kernel.keeps_checkpoints()) blocks = stage_.blocks(blocks, kernel.kernel, kernel.shape.threads, bytes);
    auto& borders = kernel.keeps_checkpoints() ? checkpoint_rows_ : borders_;
    borders.push_back(stage_.memory.acquire<unsigned char>(bytes * blocks));
    batch.borders = reinterpret_cast<recurrence::Border*>(borders.back().data());
  }
  kernel.launch(queue_, batch, choice.parameters, blocks);
}

// At first, of no pair.
void EndFinder::make_checkpoints(std::size_t pairs) {
  pairs_with_checkpoints_ += pairs;
  if (checkpoints_.size() > 0) return;
  checkpoints_ = stage_.memory.acquire<recurrence::Checkpoints>(chunk_.size());
  queue_.fill(checkpoints_.data(), 0, chunk_.size() * sizeof(recurrence::Checkpoints));
}

void EndFinder::launch_by_rows(const Group& group) {
  RowsEndBatch batch{.queries = chunk_.table(Side::query),
                     .targets = chunk_.table(Side::target),
                     .band_centres = chunk_.band_centres(),
                     .order = mirror_.device(order_) + group.first,
                     .pairs = static_cast<std::int32_t>(group.count),
                     .results = mirror_.device(results_),
                     .table = stage_.scorings.score_table(),
                     .rows_per_group = rows_end_ints(group.longest_query)};
  const auto bytes = static_cast<std::uint64_t>(batch.rows_per_group) * sizeof(std::int32_t) * rows_end_groups;
  const std::int64_t wanted = (batch.pairs + rows_end_groups - 1) / rows_end_groups;
  const unsigned blocks = stage_.blocks(wanted, rows_end_kernel.ref(), rows_end_threads, bytes);
  borders_.push_back(stage_.memory.acquire<unsigned char>(bytes * blocks));
  batch.rows = reinterpret_cast<std::int32_t*>(borders_.back().data());
  queue_.launch(rows_end_kernel, {.grid = {blocks}, .group = {rows_end_threads}}, batch,
                stage_.scorings.rows_parameters());
}

void EndFinder::launch_finisher() {
  const EndChoice& finisher = stage_.scorings.finisher();
  EndBatch batch = batch_of(finisher);
  batch.order = undecided_.data();
  batch.counted_pairs = mirror_.device(undecided_count_);
  const auto blocks = static_cast<unsigned>(stage_.device.properties().multiprocessors);
  finisher.kernel->launch(queue_, batch, finisher.parameters, blocks);
}

bool EndFinder::advance() {
  if (!done_) return true;
  done_->wait();
  done_.reset();
  stage_.clock.count(kernels_);
  store_results();
  submit_round();
  return !done_;
}

// In the order in which they lie in memory.
void EndFinder::store_results() {
  const EndCell* const results = mirror_.host(results_);
  bool has_overflowed = false;
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    if (choice_of_[pair] == is_done) continue;
    const EndCell& end = results[pair];
    if (end.score == EndCell::overflowed) {
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

}  // namespace anneal::align::cuda
