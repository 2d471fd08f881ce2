// Fits lambda and K to the best scores of pairs of random sequences.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "anneal/statistics.h"

namespace anneal::search {

struct ScoreSample {
  std::map<int, std::uint64_t> counts;  ///< of pairs, by their best score
  int sequence_length = 0;              ///< of queries and targets
};

struct GumbelParameters {
  double lambda = 0;
  double k = 0;
};

/// By maximum likelihood, where the best score is less than x with probability exp(-K (n - l(x))^2 exp(-lambda x)), for
/// sequences of n letters of which an alignment takes l(x) = length.at(x): Altschul and Gish, Methods Enzymol. 266
/// (1996) 460, with the edges of Altschul, Bundschuh, Olsen and Hwa, Nucleic Acids Res. 29 (2001) 351. A score counts
/// as an interval as long as the largest integer that divides all of them. Of the lowest quarter, which is least like
/// the limit, only the number counts. Nothing for fewer than 3 different scores.
std::optional<GumbelParameters> fit_gumbel(const ScoreSample& sample, const Growth& length);

}  // namespace anneal::search
