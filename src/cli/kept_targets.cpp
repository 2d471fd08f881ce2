#include "cli/kept_targets.h"

#include <unordered_set>

namespace anneal::cli {

void KeptTargets::update(const Search& search, std::uint64_t first, const io::RecordBatch& part) {
  std::unordered_set<std::uint64_t> hits;
  for (std::size_t query = 0; query < search.queries(); ++query) {
    for (const SearchHit& hit : search.hits(query)) hits.insert(hit.target);
  }
  std::erase_if(targets_, [&](const auto& kept) { return !hits.contains(kept.first); });
  for (const std::uint64_t number : hits) {
    if (number < first || number >= first + part.size()) continue;
    const io::Record& record = part[number - first];
    targets_.insert({number, {std::string(record.name), std::string(record.comment), std::string(record.sequence)}});
  }
}

}  // namespace anneal::cli
