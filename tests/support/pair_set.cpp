#include "support/pair_set.h"

#include <utility>

namespace anneal::test {

std::string encode(std::string_view letters, const SubstitutionMatrix& matrix) {
  std::string codes(letters);
  for (char& letter : codes) letter = static_cast<char>(matrix.code(static_cast<unsigned char>(letter)));
  return codes;
}

void PairSet::add(SequencePair pair) {
  queries_.push_back(std::move(pair.query));
  targets_.push_back(std::move(pair.target));
}

PairBatch PairSet::batch() {
  query_views_.assign(queries_.begin(), queries_.end());
  target_views_.assign(targets_.begin(), targets_.end());
  return {
      .queries = query_views_, .targets = target_views_, .band_centres = band_centres, .h0 = h0, .letters = letters};
}

PairSet PairSet::encoded(const SubstitutionMatrix& matrix) const {
  PairSet result = *this;
  for (std::string& query : result.queries_) query = encode(query, matrix);
  for (std::string& target : result.targets_) target = encode(target, matrix);
  result.letters = Letters::encoded;
  return result;
}

PairSet PairSet::within(std::int64_t cells) const {
  PairSet result;
  result.letters = letters;
  if (h0.size() == 1) result.h0 = h0;
  const bool one_query = queries_.size() == 1 && targets_.size() > 1;
  const bool one_target = targets_.size() == 1 && queries_.size() > 1;
  if (one_query) result.add_query(queries_.front());
  if (one_target) result.add_target(targets_.front());
  for (std::size_t pair = 0; pair < size(); ++pair) {
    if (static_cast<std::int64_t>(query(pair).size() * target(pair).size()) > cells) continue;
    if (!one_query) result.add_query(query(pair));
    if (!one_target) result.add_target(target(pair));
    if (!band_centres.empty()) result.band_centres.push_back(centre(pair));
    if (h0.size() > 1) result.h0.push_back(h0_of(pair));
  }
  const bool has_pairs = !result.queries_.empty() && !result.targets_.empty();
  return has_pairs ? result : PairSet();
}

PairSet PairSet::only(std::size_t pair) const {
  PairSet result;
  result.add({query(pair), target(pair)});
  if (!band_centres.empty()) result.band_centres = {centre(pair)};
  if (!h0.empty()) result.h0 = {h0_of(pair)};
  result.letters = letters;
  return result;
}

}  // namespace anneal::test
