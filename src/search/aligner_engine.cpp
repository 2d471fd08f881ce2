#include "search/aligner_engine.h"

#include <algorithm>

namespace anneal::search {

void AlignerEngine::find(std::span<const std::string_view> queries, std::span<const std::int32_t> least,
                         std::size_t top, std::vector<std::vector<Hit>>& hits, const RunControl& control) {
  hits.assign(queries.size(), {});
  if (targets_.empty()) return;
  const std::uint64_t total = queries.size() * targets_.size();
  for (std::size_t q = 0; q < queries.size(); ++q) {
    RunControl part{.stop = control.stop};
    if (control.progress) {
      part.progress = [&](std::uint64_t done, std::uint64_t) { control.progress(q * targets_.size() + done, total); };
    }
    aligner_->align({.queries = queries.subspan(q, 1), .targets = targets_, .letters = Letters::encoded}, results_,
                    part);
    if (warning_.empty()) warning_ = results_.warning;
    select(least[q], top, hits[q]);
  }
}

void AlignerEngine::select(std::int32_t least, std::size_t top, std::vector<Hit>& hits) const {
  for (std::size_t target = 0; target < results_.size(); ++target) {
    const std::int32_t score = results_[target].score;
    if (score < least) continue;
    hits.push_back({score, static_cast<std::uint32_t>(target)});
    // Twice as many as asked for, so that each cut is paid for by as many additions.
    if (hits.size() / 2 < top) continue;
    std::ranges::nth_element(hits, hits.begin() + static_cast<std::ptrdiff_t>(top) - 1, is_better);
    hits.resize(top);
    least = std::max(least, hits.back().score);
  }
  std::ranges::sort(hits, is_better);
  if (hits.size() > top) hits.resize(top);
}

}  // namespace anneal::search
