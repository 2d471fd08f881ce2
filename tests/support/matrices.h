// Substitution matrices for tests.
#pragma once

#include <functional>

#include "anneal/scoring.h"
#include "support/random.h"

namespace anneal::test {

/// All letters of an alphabet: ACGTN, or the 20 amino acids and BZX*.
std::string_view letters_of(Alphabet alphabet);

/// The matrix whose entry for two letter codes is `score(query_code, target_code)`.
SubstitutionMatrix make_matrix(Alphabet alphabet, const std::function<int(int, int)>& score);

/// `match` for equal letters, minus `mismatch` otherwise, whatever the letters.
SubstitutionMatrix uniform_matrix(Alphabet alphabet, int match, int mismatch);

/// Independent entries in lowest..highest, so rows and columns differ.
SubstitutionMatrix random_matrix(Random& random, Alphabet alphabet, int lowest, int highest);

/// A built-in, uniform or random one.
SubstitutionMatrix any_matrix(Random& random, Alphabet alphabet);

}  // namespace anneal::test
