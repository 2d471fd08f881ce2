#include "cli/hit_report.h"

#include <fmt/core.h>

#include "align/reverse_complement.h"
#include "anneal/error.h"

namespace anneal::cli {
namespace {

// Of one call of the aligner: enough for its threads.
constexpr std::size_t pairs_at_a_time = 4096;

}  // namespace

void HitReport::append(BlockOutput& output, const QueryBlock& block, const Search& search, const KeptTargets& targets,
                       const RunControl& control) {
  for (std::size_t index = 0; index < search.queries();) {
    std::vector<Query> queries;
    for (std::size_t pairs = 0; index < search.queries() && pairs < pairs_at_a_time; ++index) {
      queries.push_back(significant(block, index, search.hits(index), targets));
      pairs += queries.back().hits.size();
    }
    align(queries, targets, control);
    format(output, queries, targets);
  }
}

HitReport::Query HitReport::significant(const QueryBlock& block, std::size_t index, std::span<const SearchHit> hits,
                                        const KeptTargets& targets) const {
  Query query{.record = &block.records[index], .number = block.first + index};
  const std::string_view letters = query.record->sequence;
  for (const SearchHit& hit : hits) {
    const auto expected = evalue(hit.score, letters.size(), targets[hit.target].letters.size());
    if (expected && *expected > limits_.max_evalue) continue;
    query.hits.push_back(hit);
    if (!hit.reverse || !query.reverse_complement.empty()) continue;
    query.reverse_complement.resize(letters.size());
    align::reverse_complement(letters, query.reverse_complement.data());
  }
  return query;
}

std::optional<double> HitReport::evalue(std::int32_t score, std::size_t query_length, std::size_t target_length) const {
  if (!statistics_.unavailable_reason().empty()) return std::nullopt;
  return statistics_.evalue(score, query_length, target_length, limits_.space);
}

void HitReport::align(const std::vector<Query>& queries, const KeptTargets& targets, const RunControl& control) {
  std::vector<std::string_view> query_letters;
  std::vector<std::string_view> target_letters;
  for (const Query& query : queries) {
    for (const SearchHit& hit : query.hits) {
      query_letters.push_back(query.strand(hit.reverse));
      target_letters.emplace_back(targets[hit.target].letters);
    }
  }
  paths_.align({.queries = query_letters, .targets = target_letters}, results_, control);
}

void HitReport::format(BlockOutput& output, const std::vector<Query>& queries, const KeptTargets& targets) const {
  std::size_t pair = 0;
  for (const Query& query : queries) {
    std::vector<io::Hit> hits;
    for (const SearchHit& hit : query.hits) {
      const KeptTargets::Target& target = targets[hit.target];
      const std::string_view aligned = query.strand(hit.reverse);
      if (results_[pair].score != hit.score) {
        throw Error(ErrorCode::internal,
                    fmt::format("query {} and sequence {} of the database score {} in the search and {} when they are "
                                "aligned; please report this with your command",
                                query.number + 1, hit.target + 1, hit.score, results_[pair].score));
      }
      const auto expected = evalue(hit.score, aligned.size(), target.letters.size());
      hits.push_back({.alignment = results_[pair],
                      .cigar = results_.cigar(pair),
                      .target = {target.name, target.comment, target.letters},
                      .reverse = hit.reverse,
                      .aligned_query = aligned,
                      .bits = expected ? statistics_.bit_score(hit.score) : 0,
                      .evalue = expected});
      output.references.insert({hit.target, {target.name, target.letters.size()}});
      ++pair;
    }
    writer_.append(output.text, {.number = query.number,
                                 .query = {query.record->name, query.record->comment, query.record->sequence},
                                 .hits = hits});
  }
}

}  // namespace anneal::cli
