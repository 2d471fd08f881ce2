// How much room unrelated alignments have.
#pragma once

#include <cstdint>

#include "anneal/statistics.h"

namespace anneal::search {

/// Letters that a chance alignment of the whole search takes of each sequence: the largest integer that is no larger
/// than the solution of l = length.at(S), where S is the score at which K (m - l) (n - N l) exp(-lambda S) is 1, for m
/// letters in the query and n in the database's N sequences, as long as that product without the exponential is more
/// than max(m, n). Altschul, Bundschuh, Olsen and Hwa, Nucleic Acids Res. 29 (2001) 351. Agrees with BLAST.
std::uint64_t length_adjustment(const ScoreParameters& parameters, std::uint64_t query_length,
                                const SearchSpace& space);

/// Pairs of places in the query and the database that are not too near to an end, by length_adjustment(); at least 1.
double adjusted_search_space(const ScoreParameters& parameters, std::uint64_t query_length, const SearchSpace& space);

/// Expected pairs of places in two sequences at which an alignment of this score has room: Spouge's finite-size
/// correction. Sheetlin, Park and Spouge, Int. J. Bioinf. Res. Appl. 1 (2006) 267, with the constants of the paper that
/// LengthDistribution names.
double expected_places(const LengthDistribution& lengths, double lambda, int score, std::uint64_t query_length,
                       std::uint64_t target_length);

}  // namespace anneal::search
