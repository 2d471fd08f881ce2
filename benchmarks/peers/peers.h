// The programs that bench_peers compares. Each function returns what its program has for this work, or nothing where it
// does something else: another mode, other costs, no band.
#pragma once

#include <string>
#include <vector>

#include "contest.h"

namespace anneal::bench {

/// One entry per backend: those named, or where none is named every available one but scalar (unless it is alone).
std::vector<Contestant> anneal_backends(const AlignOptions& options, const std::vector<std::string>& names);

/// The backend that auto chooses, or those named, with few pairs in each call: 1, 16 and 64.
std::vector<Contestant> anneal_small_batches(const AlignOptions& options, const std::vector<std::string>& names);

/// ksw as bwa uses it: ksw_extend2 for extension, ksw_align2 for local ends, ksw_global2 for global paths.
std::vector<Contestant> bwa(const AlignOptions& options);

/// Global at unit costs: the score is minus the edit distance.
std::vector<Contestant> edlib(const AlignOptions& options);

/// ksw2's vectorised kernels, for gaps of one piece (ksw_extz2_sse) or two (ksw_extd2_sse): extension from the start,
/// or from end to end. Its exact maximum, and where the score at the end is wanted, which that does not touch, its
/// approximate maximum too.
std::vector<Contestant> ksw2(const AlignOptions& options);

/// Every kernel (scan, striped, diag; all widths and instruction sets of this machine) for local or global alignment.
std::vector<Contestant> parasail(const AlignOptions& options);

/// Local alignment.
std::vector<Contestant> ssw(const AlignOptions& options);

/// Global, by an equivalent scoring whose matches cost nothing; at unit costs by its edit distance.
std::vector<Contestant> wfa2(const AlignOptions& options);

/// The contestants of all peers that were installed when this was built.
std::vector<Contestant> all_peers(const AlignOptions& options);

}  // namespace anneal::bench
