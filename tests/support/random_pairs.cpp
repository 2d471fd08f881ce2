#include "support/random_pairs.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace anneal::test {
namespace {

std::string_view plain_letters(Alphabet alphabet) {
  return alphabet == Alphabet::dna ? "ACGT" : "ARNDCQEGHILKMFPSTWYV";
}

std::string from_letters(Random& random, std::string_view letters, int length) {
  std::string sequence(static_cast<std::size_t>(length), ' ');
  for (char& letter : sequence) letter = random.pick(letters);
  return sequence;
}

// Cut or padded with random letters at the end.
std::string resized(Random& random, Alphabet alphabet, std::string sequence, int length) {
  const int missing = length - static_cast<int>(sequence.size());
  if (missing > 0) sequence += random_sequence(random, alphabet, missing);
  sequence.resize(static_cast<std::size_t>(length));
  return sequence;
}

std::string tandem_repeat(Random& random, Alphabet alphabet, std::string_view unit, int length) {
  std::string sequence;
  while (static_cast<int>(sequence.size()) < length) {
    sequence += random.chance(0.1) ? mutate(random, alphabet, unit, 0.3) : std::string(unit);
  }
  sequence.resize(static_cast<std::size_t>(length));
  return sequence;
}

void sprinkle_ambiguous(Random& random, Alphabet alphabet, std::string& sequence) {
  const std::string_view unusual = alphabet == Alphabet::dna ? "NNNRYKMU" : "XXXBZUOJ*";
  for (char& letter : sequence) {
    if (random.chance(0.08)) letter = random.pick(unusual);
    if (random.chance(0.2)) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
}

SequencePair embedded_pair(Random& random, Alphabet alphabet, int query_length, int target_length) {
  SequencePair pair{random_sequence(random, alphabet, query_length), random_sequence(random, alphabet, target_length)};
  const int longest = std::min(query_length, target_length);
  if (longest == 0) return pair;
  const int length = random.between(1, longest);
  const auto from = static_cast<std::size_t>(random.between(0, query_length - length));
  const auto to = static_cast<std::size_t>(random.between(0, target_length - length));
  const std::string piece = mutate(random, alphabet, pair.query.substr(from, static_cast<std::size_t>(length)), 0.08);
  pair.target.replace(to, static_cast<std::size_t>(length), resized(random, alphabet, piece, length));
  return pair;
}

SequencePair mutated_pair(Random& random, Alphabet alphabet, int query_length, int target_length) {
  const std::string ancestor = random_sequence(random, alphabet, std::max(query_length, target_length));
  const double rate = 0.01 + 0.002 * static_cast<double>(random.below(100));
  return {resized(random, alphabet, ancestor, query_length),
          resized(random, alphabet, mutate(random, alphabet, ancestor, rate), target_length)};
}

}  // namespace

int random_length(Random& random, LengthRange range) {
  const double low = std::log(range.lowest + 1.0), high = std::log(range.highest + 2.0);
  const double at = low + (high - low) * static_cast<double>(random.below(1 << 20)) / (1 << 20);
  return std::clamp(static_cast<int>(std::exp(at)) - 1, range.lowest, range.highest);
}

std::string random_sequence(Random& random, Alphabet alphabet, int length) {
  return from_letters(random, plain_letters(alphabet), length);
}

std::string mutate(Random& random, Alphabet alphabet, std::string_view sequence, double rate) {
  std::string result;
  for (const char letter : sequence) {
    if (!random.chance(rate)) {
      result += letter;
      continue;
    }
    const std::uint64_t event = random.below(4);
    if (event >= 2) result += random.pick(plain_letters(alphabet));
    if (event == 1) result += letter + random_sequence(random, alphabet, random_length(random, {1, 12}));
  }
  return result;
}

SequencePair random_pair(Random& random, Alphabet alphabet, PairKind kind, int query_length, int target_length) {
  switch (kind) {
    case PairKind::unrelated:
      return {random_sequence(random, alphabet, query_length), random_sequence(random, alphabet, target_length)};
    case PairKind::mutated:
      return mutated_pair(random, alphabet, query_length, target_length);
    case PairKind::embedded:
      return embedded_pair(random, alphabet, query_length, target_length);
    case PairKind::repetitive: {
      const std::string unit = random_sequence(random, alphabet, random.between(1, 7));
      return {tandem_repeat(random, alphabet, unit, query_length),
              tandem_repeat(random, alphabet, unit, target_length)};
    }
    case PairKind::ties: {
      const std::string_view letters = plain_letters(alphabet).substr(0, 2);
      return {from_letters(random, letters, query_length), from_letters(random, letters, target_length)};
    }
    case PairKind::ambiguous: {
      SequencePair pair = mutated_pair(random, alphabet, query_length, target_length);
      sprinkle_ambiguous(random, alphabet, pair.query);
      sprinkle_ambiguous(random, alphabet, pair.target);
      return pair;
    }
  }
  return {};
}

PairSet random_pairs(Random& random, Alphabet alphabet, std::size_t count, LengthRange queries, LengthRange targets) {
  PairSet pairs;
  for (std::size_t pair = 0; pair < count; ++pair) {
    const int query_length = random_length(random, queries), target_length = random_length(random, targets);
    pairs.add(random_pair(random, alphabet, random.pick(all_pair_kinds), query_length, target_length));
  }
  return pairs;
}

}  // namespace anneal::test
