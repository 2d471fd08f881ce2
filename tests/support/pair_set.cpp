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

PairSet PairSet::only(std::size_t pair) const {
  PairSet result;
  result.add({query(pair), target(pair)});
  if (!band_centres.empty()) result.band_centres = {centre(pair)};
  if (!h0.empty()) result.h0 = {h0_of(pair)};
  result.letters = letters;
  return result;
}

}  // namespace anneal::test
