// Random pairs of sequences: of the kinds that break aligners.
#pragma once

#include <string>

#include "anneal/scoring.h"
#include "support/pair_set.h"
#include "support/random.h"

namespace anneal::test {

enum class PairKind {
  unrelated,
  mutated,     ///< one side is the other with substitutions and gaps
  embedded,    ///< a mutated piece of one side inside the other
  repetitive,  ///< tandem repeats of one short unit
  ties,        ///< two letters only: many equally good alignments
  ambiguous,   ///< mutated, with N or X, other IUPAC letters and lower case
};
inline constexpr PairKind all_pair_kinds[] = {PairKind::unrelated,  PairKind::mutated, PairKind::embedded,
                                              PairKind::repetitive, PairKind::ties,    PairKind::ambiguous};

struct LengthRange {
  int lowest = 0;
  int highest = 0;
};

/// Lengths are evenly spread over their logarithm, so short ones are common.
int random_length(Random& random, LengthRange range);

/// Letters of ACGT or of the 20 amino acids.
std::string random_sequence(Random& random, Alphabet alphabet, int length);

/// `sequence` with each letter replaced, dropped or followed by new ones with probability `rate`.
std::string mutate(Random& random, Alphabet alphabet, std::string_view sequence, double rate);

/// A pair of these very lengths.
SequencePair random_pair(Random& random, Alphabet alphabet, PairKind kind, int query_length, int target_length);

/// `count` pairs of every kind, with lengths in the ranges.
PairSet random_pairs(Random& random, Alphabet alphabet, std::size_t count, LengthRange queries, LengthRange targets);

}  // namespace anneal::test
