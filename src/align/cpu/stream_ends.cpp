#include "align/cpu/stream_ends.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

#include "align/cpu/diagonal_runs.h"
#include "align/cpu/stream_plan.h"
#include "align/cpu/streams.h"

namespace anneal::align::cpu {

std::vector<std::vector<Item>> StreamEnds::take(std::vector<Item>& items) const {
  if (!is_possible()) return {};
  std::vector<Item> others;
  std::array<std::vector<Item>, 4> alike;  // by width and by how scores are looked up
  for (const Item& item : items) {
    if (is_possible(item)) {
      const std::size_t by_pairs = Streams::can_look_pairs_up(stage_, item) ? 1 : 0;
      alike[2 * static_cast<std::size_t>(item.width) + by_pairs].push_back(item);
    } else {
      others.push_back(item);
    }
  }
  const StreamLimits limits{.threads = stage_.queue.threads(),
                            .letters = stage_.local.stream_scores.letters() + 1,
                            .task_memory = stage_.task_memory};
  std::vector<std::vector<Item>> groups;
  for (const std::vector<Item>& of_a_kind : alike) {
    std::ranges::move(plan_streams(of_a_kind, stage_.kernels, limits, others), std::back_inserter(groups));
  }
  items = std::move(others);
  return groups;
}

std::size_t StreamEnds::solve(std::span<const Item> group, Scratch& scratch) const {
  Run& run = stage_.run;
  const auto timing = run.time_kernel();
  Streams streams(stage_, group, Streams::can_look_pairs_up(stage_, group.front()), scratch);
  const std::vector<BestEnd>& ends = streams.find_ends();
  std::size_t done = 0;
  DiagonalRuns runs(stage_.kernels, stage_.scores, run.options().matrix);
  for (std::size_t n = 0; n < group.size(); ++n) {
    if (ends[n].i == Streams::overflowed) {
      results_.redo_in(static_cast<Width>(group[n].width + 1), group[n]);
      continue;
    }
    results_.store(group[n].pair, ends[n]);
    if (run.wants_path()) results_.find_ungapped_path(runs, group[n].pair);
    ++done;
  }
  return done;
}

// Where letters match or do not, guesses leave out more than unequal lengths cost.
bool StreamEnds::is_possible() const {
  const Run& run = stage_.run;
  return run.boundary().local && run.options().band < 0 && !stage_.scores.is_match_form() &&
         stage_.scores.has_padding();
}

bool StreamEnds::is_possible(const Item& item) const {
  return item.width < width32 && item.columns < std::numeric_limits<std::int32_t>::max() - tile_columns &&
         stage_.local.stream_frames[static_cast<std::size_t>(item.width)].possible;
}

}  // namespace anneal::align::cpu
