#include "align/cpu/stream_ends.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <utility>

#include "align/cpu/diagonal_runs.h"
#include "align/cpu/stream_plan.h"
#include "align/cpu/streams.h"

namespace anneal::align::cpu {

std::vector<StreamEnds::Group> StreamEnds::take(std::vector<Item>& items) const {
  if (!is_possible()) return {};
  std::vector<Item> others, possible;
  for (const Item& item : items) (is_possible(item) ? possible : others).push_back(item);
  std::vector<Group> groups;
  take_shared_queries(possible, groups);
  std::array<std::vector<Item>, 4> alike;  // by width and by how scores are looked up
  for (const Item& item : possible) {
    const std::size_t by_pairs = Streams::can_look_pairs_up(stage_, item) ? 1 : 0;
    alike[2 * static_cast<std::size_t>(item.width) + by_pairs].push_back(item);
  }
  for (std::size_t n = 0; n < alike.size(); ++n) {
    plan(alike[n], n % 2 == 1 ? StreamKind::pairs : StreamKind::profiles, groups, others);
  }
  items = std::move(others);
  return groups;
}

// Takes those out that have a query in common, where these are enough.
void StreamEnds::take_shared_queries(std::vector<Item>& items, std::vector<Group>& groups) const {
  const auto query = [&](const Item& item) {
    const Codes codes = stage_.slab.codes(item.pair, Side::query);
    return std::tuple(item.width, codes.data() + item.first_row, item.rows);
  };
  const auto order = [&](const Item& item) { return std::tuple(query(item), item.pair); };
  if (!std::ranges::is_sorted(items, {}, order)) std::ranges::sort(items, {}, order);
  std::vector<Item> others;
  for (auto first = items.begin(); first != items.end();) {
    const auto last = std::find_if(first, items.end(), [&](const Item& item) { return query(item) != query(*first); });
    if (first->rows > most_query_rows || last - first == 1) {
      others.insert(others.end(), first, last);
    } else {
      plan({first, last}, StreamKind::one_query, groups, others);
    }
    first = last;
  }
  items = std::move(others);
}

void StreamEnds::plan(std::span<const Item> items, StreamKind kind, std::vector<Group>& groups,
                      std::vector<Item>& others) const {
  const StreamLimits limits{.threads = stage_.queue.threads(),
                            .letters = stage_.local.stream_scores.letters() + 1,
                            .task_memory = stage_.task_memory};
  for (std::vector<Item>& planned : plan_streams(items, stage_.kernels, kind, limits, others)) {
    groups.push_back({kind, std::move(planned)});
  }
}

std::size_t StreamEnds::solve(const Group& group, Scratch& scratch) const {
  Run& run = stage_.run;
  const auto timing = run.time_kernel();
  Streams streams(stage_, group.items, group.kind, scratch);
  const std::vector<BestEnd>& ends = streams.find_ends();
  std::size_t done = 0;
  DiagonalRuns runs(stage_.kernels, stage_.scores, run.options().matrix);
  for (std::size_t n = 0; n < group.items.size(); ++n) {
    const Item& item = group.items[n];
    if (ends[n].i == Streams::overflowed) {
      results_.redo_in(static_cast<Width>(item.width + 1), item);
      continue;
    }
    results_.store(item.pair, ends[n]);
    if (run.wants_path()) results_.find_ungapped_path(runs, item.pair);
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
  return item.width < width32 && item.columns < std::numeric_limits<std::int32_t>::max() - stream_columns &&
         stage_.local.stream_frames[static_cast<std::size_t>(item.width)].possible;
}

}  // namespace anneal::align::cpu
