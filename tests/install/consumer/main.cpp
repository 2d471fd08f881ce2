// Aligns one pair, and parses a region, with nothing but the installed headers and library.
#include <cstdio>
#include <string>
#include <string_view>

#include "anneal/align.h"
#include "anneal/io.h"

int main() {
  const std::string_view query = "ACGTACGTTTGACC";
  const std::string_view target = "GGACGTACGTTGACCGG";
  const anneal::Aligner aligner{anneal::AlignOptions{}};
  const anneal::AlignResults results = aligner.align({.queries = {&query, 1}, .targets = {&target, 1}});
  const anneal::io::Region region = anneal::io::parse_region("chr1:11-20");
  const std::string cigar = anneal::to_string(results.cigar(0));
  std::printf("score %d at %d..%d, %s\n", results[0].score, results[0].target_begin, results[0].target_end,
              cigar.c_str());
  return results[0].score > 0 && results[0].target_end > results[0].target_begin && cigar != "*" && region.begin == 10
             ? 0
             : 1;
}
