#include "align/second_best.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace anneal::align {
namespace {

constexpr std::int64_t farthest = std::numeric_limits<std::int32_t>::max();
constexpr ExcludedEnds all_ends{0, static_cast<int>(farthest)};

// Of half a query, as SSW's program does.
constexpr std::int64_t least_half = 15;

std::int64_t distance_for(int distance, std::int64_t query_letters) {
  return distance == AlignOptions::half_the_query ? std::max(query_letters / 2, least_half) : distance;
}

std::vector<ExcludedEnds> excluded_ends(const Batch& batch, int given_distance, const AlignResults& best) {
  std::vector<ExcludedEnds> excluded(batch.size(), all_ends);
  for (std::size_t pair = 0; pair < batch.size(); ++pair) {
    if (best[pair].status != Status::aligned) continue;
    const std::int64_t distance = distance_for(given_distance, batch.query_length(pair)), end = best[pair].target_end;
    excluded[pair] = {static_cast<int>(std::max<std::int64_t>(end - distance, 0)),
                      static_cast<int>(std::min(end + distance, farthest))};
  }
  return excluded;
}

// Of the first or second of two passes: half of all that there is to do.
RunControl half_of(const RunControl& control, bool is_second) {
  RunControl half{.stop = control.stop};
  if (control.progress) {
    half.progress = [&control, is_second](std::uint64_t done, std::uint64_t total) {
      control.progress((done + (is_second ? total : 0)) / 2, total);
    };
  }
  return half;
}

void add(const AlignResults& second, AlignResults& results) {
  results.second_best.resize(results.size());
  for (std::size_t pair = 0; pair < results.size(); ++pair) {
    results.second_best[pair] = {second[pair].score, second[pair].target_end};
  }
  results.fallbacks += second.fallbacks;
  results.cells_computed += second.cells_computed;
  results.kernel_seconds += second.kernel_seconds;
  if (results.warning.empty()) results.warning = second.warning;
}

}  // namespace

void execute_with_second_best(const Execute& execute, const Batch& batch, const AlignOptions& options,
                              const RunControl& control, AlignResults& results) {
  if (!options.second_best_distance) return execute(batch, options, control, results);
  execute(batch, options, half_of(control, false), results);
  const std::vector<ExcludedEnds> excluded = excluded_ends(batch, *options.second_best_distance, results);
  AlignOptions others = options;
  others.output = Output::end;
  others.min_score = std::numeric_limits<std::int32_t>::min();
  AlignResults second;
  execute(batch.without_ends(excluded), others, half_of(control, true), second);
  add(second, results);
}

void execute_with_second_best(const Engine& engine, const Batch& batch, const AlignOptions& options,
                              const RunControl& control, AlignResults& results) {
  const Execute execute = [&engine](const Batch& pairs, const AlignOptions& own, const RunControl& part,
                                    AlignResults& found) { engine.execute(pairs, own, part, found); };
  execute_with_second_best(execute, batch, options, control, results);
}

}  // namespace anneal::align
