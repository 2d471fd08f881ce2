#include "align/sample_pairs.h"

#include <algorithm>

namespace anneal::align {
namespace {

constexpr std::int32_t seed_score = 20;

}  // namespace

SampleLetters::SampleLetters(Alphabet alphabet, std::uint32_t seed)
    : letters_(alphabet == Alphabet::dna ? "ACGT" : "ARNDCQEGHILKMFPSTWYV"), rate_(alphabet == Alphabet::dna ? 25 : 4),
      random_(seed) {}

std::string SampleLetters::random(std::size_t length) {
  std::string text(length, ' ');
  for (char& place : text) place = letter();
  return text;
}

std::string SampleLetters::related(std::string_view original, std::size_t begin, std::size_t length) {
  std::string text;
  text.reserve(length);
  for (std::size_t k = begin; text.size() < length; ++k) {
    const bool is_changed = below(rate_) == 0;
    const std::uint32_t event = is_changed ? below(6) : 0;  // gaps are rarer than substitutions
    if (k >= original.size()) {
      text += letter();
    } else if (event != 1) {
      text += is_changed && event != 2 ? letter() : original[k];
      if (event == 2 && text.size() < length) text += letter();
    }
  }
  return text;
}

SamplePairs::SamplePairs(const SampleShape& shape, std::size_t distinct, std::uint32_t seed)
    : one_query_(shape.one_query) {
  SampleLetters letters(shape.alphabet, seed);
  distinct = std::clamp<std::size_t>(distinct, 1, std::max<std::size_t>(shape.pairs, 1));
  if (one_query_) queries_.push_back(letters.random(shape.query_length));
  for (std::size_t pair = 0; pair < distinct; ++pair) {
    targets_.push_back(letters.random(shape.target_length));
    if (one_query_) continue;
    const std::size_t spare = shape.target_length - std::min(shape.query_length, shape.target_length);
    queries_.push_back(letters.related(targets_.back(), spare / 2, shape.query_length));
  }
  for (std::size_t pair = 0; pair < shape.pairs; ++pair) {
    target_views_.push_back(targets_[pair % distinct]);
    if (!one_query_) query_views_.push_back(queries_[pair % distinct]);
  }
  if (one_query_) query_views_.push_back(queries_.front());
}

PairBatch SamplePairs::batch(std::size_t pairs, Mode mode) const {
  return {.queries = std::span(query_views_).first(one_query_ ? 1 : pairs),
          .targets = std::span(target_views_).first(pairs),
          .h0 = mode == Mode::extend ? std::span(&seed_score, 1) : std::span<const std::int32_t>{}};
}

}  // namespace anneal::align
