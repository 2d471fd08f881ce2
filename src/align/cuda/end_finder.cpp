#include "align/cuda/end_finder.h"

#include <algorithm>
#include <tuple>

#include "align/empty_pair.h"
#include "align/score_bound.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

using recurrence::EndCell;

EndFinder::EndFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue), choices_(stage.scorings.end_choices()),
      choice_of_(chunk.size()) {
  MirrorLayout layout;
  undecided_count_ = layout.add<std::int32_t>(1);
  order_ = layout.add<std::int32_t>(chunk.size());
  results_ = layout.add<EndCell>(chunk.size());
  mirror_ = Mirror(layout, stage.staging, stage.memory);
  undecided_ = stage.memory.acquire<std::int32_t>(chunk.size());
}

void EndFinder::start() {
  left_.reserve(chunk_.size());
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    if (is_empty(pair)) {
      store_empty_pair(run_, chunk_.first() + pair);
    } else {
      choose(pair, 0);
    }
  }
  submit_round();
}

// The first kernel from `from` on that may hold the pair.
void EndFinder::choose(std::size_t pair, std::size_t from) {
  const std::int32_t rows = chunk_.query_length(pair), columns = chunk_.target_length(pair);
  const std::int64_t bound = score_bound(run_.options(), rows, columns);
  for (std::size_t k = from; k < choices_.size(); ++k) {
    if (choices_[k].by_letters() && !chunk_.query_is_plain(pair)) continue;
    if (!choices_[k].takes(rows, bound)) continue;
    choice_of_[pair] = static_cast<std::uint8_t>(k);
    left_.push_back(static_cast<std::int32_t>(pair));
    return;
  }
  unsolved_.push_back(chunk_.first() + pair);
}

// Returns false where nothing is left.
bool EndFinder::submit_round() {
  if (left_.empty()) return false;
  std::vector<Group> groups = group_pairs();
  widen(groups);
  *mirror_.host(undecided_count_) = 0;
  std::ranges::copy(left_, mirror_.host(order_));
  round_size_ = left_.size();
  left_.clear();
  mirror_.upload(queue_, order_.offset + order_.size * sizeof(std::int32_t));
  borders_.clear();
  bool has_dust = false;
  for (const Group& group : groups) {
    launch(group);
    has_dust |= choices_[group.choice].kernel->shape.form.has_dust();
  }
  if (has_dust) launch_finisher();
  mirror_.download(queue_, results_);
  done_ = queue_.record();
  return true;
}

// Sorts the pairs that are left so that neighbours are about equally long, the longest first.
std::vector<EndFinder::Group> EndFinder::group_pairs() {
  const auto key = [&](std::int32_t pair) {
    const auto place = static_cast<std::size_t>(pair);
    return std::tuple(choice_of_[place], -chunk_.target_length(place), -chunk_.query_length(place));
  };
  if (!std::ranges::is_sorted(left_, {}, key)) std::ranges::stable_sort(left_, {}, key);
  std::vector<Group> groups;
  for (std::size_t place = 0; place < left_.size(); ++place) {
    const auto pair = static_cast<std::size_t>(left_[place]);
    if (groups.empty() || groups.back().choice != choice_of_[pair]) groups.push_back({choice_of_[pair], place, 0});
    Group& group = groups.back();
    ++group.count;
    group.longest_query = std::max(group.longest_query, chunk_.query_length(pair));
    group.longest_target = std::max(group.longest_target, chunk_.target_length(pair));
    run_.count_cells(std::uint64_t(chunk_.query_length(pair)) * std::uint64_t(chunk_.target_length(pair)));
  }
  return groups;
}

// Pairs share a Word: its kernel must hold the longest query beside the longest target.
void EndFinder::widen(std::vector<Group>& groups) const {
  for (Group& group : groups) {
    const std::int64_t bound = score_bound(run_.options(), group.longest_query, group.longest_target);
    while (!choices_[group.choice].takes(group.longest_query, bound) && group.choice + 1 < choices_.size()) {
      ++group.choice;
    }
  }
}

EndBatch EndFinder::batch_of(const EndChoice& choice) const {
  return {.queries = chunk_.table(Side::query),
          .targets = chunk_.table(Side::target),
          .results = mirror_.device(results_),
          .undecided = undecided_.data(),
          .undecided_count = mirror_.device(undecided_count_),
          .table = choice.table};
}

void EndFinder::launch(const Group& group) {
  const EndChoice& choice = choices_[group.choice];
  const EndKernel& kernel = *choice.kernel;
  EndBatch batch = batch_of(choice);
  batch.order = mirror_.device(order_) + group.first;
  batch.pairs = static_cast<std::int32_t>(group.count);
  batch.borders_per_group = kernel.borders_per_group(group.longest_query, group.longest_target);
  std::int64_t blocks = kernel.blocks_for(batch.pairs);
  if (batch.borders_per_group > 0) {
    const int resident = stage_.device.kernels().resident_groups(kernel.kernel, kernel.shape.threads, 0);
    const auto per_block = static_cast<std::uint64_t>(batch.borders_per_group * kernel.groups_per_block());
    const auto affordable = static_cast<std::int64_t>(stage_.chunk_memory / (per_block * sizeof(recurrence::Border)));
    blocks = std::min({blocks, std::int64_t{resident} * stage_.device.properties().multiprocessors,
                       std::max<std::int64_t>(affordable, 1)});
    borders_.push_back(stage_.memory.acquire<recurrence::Border>(per_block * static_cast<std::size_t>(blocks)));
    batch.borders = borders_.back().data();
  }
  kernel.launch(queue_, batch, choice.parameters, static_cast<unsigned>(blocks));
}

void EndFinder::launch_finisher() {
  const EndChoice& finisher = stage_.scorings.finisher();
  EndBatch batch = batch_of(finisher);
  batch.order = undecided_.data();
  batch.counted_pairs = mirror_.device(undecided_count_);
  const auto blocks = static_cast<unsigned>(stage_.device.properties().multiprocessors);
  finisher.kernel->launch(queue_, batch, finisher.parameters, blocks);
}

std::vector<std::size_t> EndFinder::finish() {
  while (done_) {
    done_->wait();
    done_.reset();
    store_results();
    submit_round();
  }
  return std::move(unsolved_);
}

void EndFinder::store_results() {
  const EndCell* const results = mirror_.host(results_);
  const std::int32_t* const order = mirror_.host(order_);
  for (std::size_t place = 0; place < round_size_; ++place) {
    const auto pair = static_cast<std::size_t>(order[place]);
    const EndCell& end = results[pair];
    if (end.score == EndCell::overflowed) {
      choose(pair, choice_of_[pair] + std::size_t{1});
    } else {
      run_.set_end(chunk_.first() + pair, end.score, end.query_end, end.target_end);
    }
  }
}

}  // namespace anneal::align::cuda
