#include "unit/io/owned_hits.h"

#include "align/reverse_complement.h"

namespace anneal::test {

std::string reverse_complement_of(std::string_view letters) {
  std::string other(letters.size(), '\0');
  align::reverse_complement(letters, other.data());
  return other;
}

OwnedHits OwnedHits::of(const SamplePair& pair) {
  OwnedHit hit{.alignment = pair.alignment,
               .cigar = pair.cigar,
               .target_name = pair.target_name,
               .target_comment = "a title",
               .target = pair.target,
               .reverse = pair.reverse,
               .aligned_query = pair.query,
               .bits = 12.5,
               .evalue = 0.25};
  return {.name = pair.query_name,
          .comment = "a comment",
          .query = pair.reverse ? reverse_complement_of(pair.query) : pair.query,
          .hits = {hit}};
}

std::string format_hits(std::string_view format_name, const std::vector<OwnedHits>& queries,
                        const io::HitWriterOptions& options) {
  const auto writer = io::find_hit_format(format_name).make(options);
  std::vector<io::Reference> references;
  std::string records;
  for (const OwnedHits& owner : queries) {
    std::vector<io::Hit> hits;
    hits.reserve(owner.hits.size());
    for (const OwnedHit& hit : owner.hits) {
      hits.push_back({.alignment = hit.alignment,
                      .cigar = hit.cigar,
                      .target = {hit.target_name, hit.target_comment, hit.target},
                      .reverse = hit.reverse,
                      .aligned_query = hit.aligned_query,
                      .bits = hit.bits,
                      .evalue = hit.evalue});
      references.push_back({hit.target_name, static_cast<std::int64_t>(hit.target.size())});
    }
    writer->append(records, {owner.number, {owner.name, owner.comment, owner.query}, hits});
  }
  std::string text;
  writer->append_header(text, references);
  text += records;
  writer->append_footer(text, queries.size());
  return text;
}

}  // namespace anneal::test
