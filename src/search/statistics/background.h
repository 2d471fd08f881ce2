// What unrelated sequences are made of.
#pragma once

#include <cstdint>
#include <vector>

#include "anneal/scoring.h"

namespace anneal::search {

struct BackgroundLetter {
  std::uint8_t code;     ///< in the matrix
  std::uint32_t weight;  ///< how often it occurs, relative to the others
};

/// The amino acids by Robinson and Robinson, PNAS 88 (1991) 8880, as BLAST has them (their sum is 100,000), or A, C, G
/// and T alike; without those that the matrix lacks. In the same order for all matrices.
std::vector<BackgroundLetter> background(const SubstitutionMatrix& matrix);

std::uint32_t total_weight(const std::vector<BackgroundLetter>& letters);

}  // namespace anneal::search
