// The programs that bench_peers compares. Where a library was not installed, its functions return nothing.
//
// Scores are a match / mismatch pair of positive numbers; a gap of length n costs gap_open + n * gap_extend.
#pragma once

#include <vector>

#include "contest.h"

namespace anneal::bench {

struct DnaScoring {
  int match = 1;
  int mismatch = 4;
  int gap_open = 6;
  int gap_extend = 1;
};

/// One entry per backend: those named, or where none is named every available one but scalar (unless it is alone).
std::vector<Contestant> anneal_backends(const AlignOptions& options, const std::vector<std::string>& names);

/// Every kernel (scan, striped, diag; all widths and instruction sets of this machine) for local or global alignment.
std::vector<Contestant> parasail_kernels(const DnaScoring& scoring, Mode mode, bool with_path);

std::vector<Contestant> ssw_local(const DnaScoring& scoring, bool with_path);

/// Global, by an equivalent scoring whose matches cost nothing.
std::vector<Contestant> wfa2_global(const DnaScoring& scoring, bool with_path);

/// Global at unit costs: the score is minus the edit distance.
std::vector<Contestant> edlib_global(bool with_path);

}  // namespace anneal::bench
