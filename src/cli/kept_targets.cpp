#include "cli/kept_targets.h"

#include <unordered_set>

namespace anneal::cli {

void KeptTargets::update(const Search& search, std::uint64_t first, const io::RecordBatch& part) {
  std::size_t hits = 0;
  for (std::size_t query = 0; query < search.queries(); ++query) {
    for (const SearchHit& hit : search.hits(query)) {
      if (hit.target < first || hit.target - first >= part.size() || targets_.contains(hit.target)) continue;
      const io::Record& record = part[hit.target - first];
      targets_.insert(
          {hit.target, {std::string(record.name), std::string(record.comment), std::string(record.sequence)}});
    }
    hits += search.hits(query).size();
  }
  // Dropping goes over all hits once more, so that it waits for as much to drop.
  if (targets_.size() > needed_ + needed_ / 2 + hits / 16) drop_others(search);
}

void KeptTargets::drop_others(const Search& search) {
  std::unordered_set<std::uint64_t> hits;
  for (std::size_t query = 0; query < search.queries(); ++query) {
    for (const SearchHit& hit : search.hits(query)) hits.insert(hit.target);
  }
  std::erase_if(targets_, [&](const auto& kept) { return !hits.contains(kept.first); });
  needed_ = targets_.size();
}

}  // namespace anneal::cli
