// Parameters of a scoring by alignments of random sequences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "anneal/scoring.h"
#include "anneal/statistics.h"

namespace anneal::search {

struct SimulatedParameters {
  double lambda = 0;
  double k = 0;
  Growth length;  ///< letters of an alignment of each sequence

  friend bool operator==(const SimulatedParameters&, const SimulatedParameters&) = default;
};

struct SimulationResult {
  std::optional<SimulatedParameters> parameters;
  std::string failure;  ///< why there are none: one line

  friend bool operator==(const SimulationResult&, const SimulationResult&) = default;
};

/// What to align. The standard errors of lambda and ln K are about 1 and 10 divided by the root of the number of pairs.
struct SimulationSize {
  std::uint64_t pairs = 40'000;       ///< for lambda and K
  std::uint64_t path_pairs = 6'000;   ///< of these, for the lengths of alignments
  std::uint64_t probe_pairs = 2'000;  ///< of sequences of a quarter and a half of the length
  int sequence_length = 1'000;
};

/// By fit_gumbel(). Some letters of background() must score above 0. Fails where scores grow with the sequences' length
/// rather than with its logarithm, as where gaps are cheap (Arratia and Waterman, Ann. Appl. Probab. 4 (1994) 200):
/// then there are no such parameters. They are rounded to 3 digits, so that they are the same on every machine,
/// whatever `threads` (0: all).
SimulationResult simulate(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads = 0,
                          const SimulationSize& size = {});

}  // namespace anneal::search
