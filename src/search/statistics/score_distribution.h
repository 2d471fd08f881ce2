// How often two letters of unrelated sequences score what.
#pragma once

#include <vector>

#include "anneal/scoring.h"

namespace anneal::search {

struct ScoreDistribution {
  int lowest = 0;
  std::vector<double> probabilities;  ///< of lowest, lowest + 1, ...; the first and the last are above 0

  int highest() const { return lowest + static_cast<int>(probabilities.size()) - 1; }
  double mean() const;
  /// Largest integer that divides all scores that occur; 0 where only 0 occurs.
  int divisor() const;
};

/// By background(); empty where the matrix has none of its letters.
ScoreDistribution score_distribution(const SubstitutionMatrix& matrix);

}  // namespace anneal::search
