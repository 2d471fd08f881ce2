// The options about letters and scores as types.
#pragma once

#include <optional>
#include <string>

#include "anneal/align.h"
#include "anneal/scoring.h"
#include "cli/values.h"

namespace anneal::cli {

struct ScoringArguments {
  std::optional<Alphabet> alphabet;  ///< empty: decided from the records
  std::string matrix;                ///< name or path; empty: the default of the alphabet
  std::optional<int> match;
  std::optional<int> mismatch;
  std::optional<int> gap_open;
  std::optional<int> gap_extend;
};

/// What they come to for one alphabet.
struct Scoring {
  SubstitutionMatrix matrix;
  int gap_open;
  int gap_extend;
};

/// Throws Error(invalid_argument) for contradictions.
ScoringArguments scoring_arguments(const Values& values);

/// The alphabet that the arguments leave no doubt about.
std::optional<Alphabet> stated_alphabet(const ScoringArguments& arguments);

/// Reads the matrix file, where one was named. Throws Error(invalid_argument) where the scoring does not go with the
/// alphabet, Error(invalid_input) for a bad matrix.
Scoring scoring_for(const ScoringArguments& arguments, Alphabet alphabet);

/// "matrix BLOSUM62, gap of length n costs 11 + n * 1"
std::string describe_scoring(const SubstitutionMatrix& matrix, const GapCost& gap,
                             const std::optional<GapCost>& second_gap = {});

}  // namespace anneal::cli
