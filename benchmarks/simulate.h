// Simulated workloads: the same pairs on every machine, as far as its mathematical library rounds alike.
#pragma once

#include "workload.h"

namespace anneal::bench {

/// 150 bp with 2 to 5 % errors (four fifths substitutions); targets are windows of 150 to 200 bp around where the read
/// comes from, in a random genome with repeats.
Workload reads_in_windows(std::size_t count);

/// The same reads, each with exactly the part of the genome that it comes from.
Workload reads_with_spans(std::size_t count);

/// Reads of 50 to 500 bp, all lengths equally likely, in windows up to a third longer.
Workload mixed_reads(std::size_t count);

/// Random sequences of 150 bp and of 150 to 200 bp that have nothing to do with each other.
Workload unrelated_pairs(std::size_t count);

/// 10 % errors, two fifths of them substitutions; targets are what the reads come from.
Workload reads_of_1_kbp(std::size_t count);
Workload reads_of_10_kbp(std::size_t count);

/// Reads that begin where their target does, behind seeds of score 19 to 27; 2 to 5 % errors.
Workload extensions_150(std::size_t count);  ///< 150 bp to 180 bp
Workload extensions_100(std::size_t count);  ///< 100 bp to 120 bp

/// What a mapper aligns between its anchors and beyond the outermost ones: 100 to 5,000 bp with what they come from,
/// 10 % errors; 20 to 150 bp, 2 to 5 % errors, and 100 to 2,000 bp, 10 % errors, with 30 to 150 bp more behind that.
Workload fills_of_long_reads(std::size_t count);
Workload extensions_of_short_reads(std::size_t count);
Workload extensions_of_long_reads(std::size_t count);

/// Random proteins of about Swiss-Prot's lengths (mean 360, most of them 100 to 700) and average composition. One
/// target in four is a relative of its query at 30 to 90 % identity, with gaps; the others have nothing in common.
Workload proteins(std::size_t count);

/// One random protein of 375 letters with targets as those of proteins(), of which one in 100 is a relative.
Workload one_protein(std::size_t count);

}  // namespace anneal::bench
