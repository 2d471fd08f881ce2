// Aligns pairs of sequences and prints scores, coordinates and CIGARs.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"

int main() {
  const std::vector<std::string_view> queries = {"ACGTACGTTTGACC", "TTTTGGCCAATT"};
  const std::vector<std::string_view> targets = {"GGACGTACGTTGACCGG", "AATTTGGTCCAATTGG"};

  anneal::AlignOptions options;
  options.mode = anneal::Mode::local;
  options.matrix = anneal::SubstitutionMatrix::match_mismatch(2, 3);
  options.gap_open = 2;  // a gap of length n costs 2 + n * 1
  options.gap_extend = 1;

  const anneal::Aligner aligner(options);
  const anneal::AlignResults results = aligner.align({.queries = queries, .targets = targets});
  for (std::size_t pair = 0; pair < results.size(); ++pair) {
    const anneal::Alignment& found = results[pair];
    std::printf("score %d, query %d-%d, target %d-%d, %s\n", found.score, found.query_begin, found.query_end,
                found.target_begin, found.target_end, anneal::to_string(results.cigar(pair)).c_str());
  }
}
