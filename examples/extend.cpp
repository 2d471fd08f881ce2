// Extends seeds to the right, as a read mapper does, and decides where each read ends.
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"

int main() {
  // What follows the seed in the read, and in the reference. The last read leaves the reference after 15 letters.
  const std::vector<std::string_view> queries = {"TTGACCATGACCGGATTACA", "TTGACCTGACCGGATTACA",
                                                 "TTGACCATGACCGGAGGGGGGGGG"};
  const std::string_view target = "TTGACCATGACCGGATTACAGGCATCAGGA";
  const std::vector<std::int32_t> seed_scores = {19, 19, 25};

  anneal::AlignOptions options;  // DNA 1/-4, a gap of length n costs 6 + n
  options.mode = anneal::Mode::extend;
  options.band = 20;
  options.zdrop = 100;
  options.end_bonus = 5;

  const anneal::Aligner aligner(options);
  const anneal::AlignResults results = aligner.align({.queries = queries, .targets = {&target, 1}, .h0 = seed_scores});

  for (std::size_t read = 0; read < results.size(); ++read) {
    const anneal::Alignment& best = results[read];
    const anneal::Extension& whole = results.extensions[read];
    // The rule of bwa mem: go to the end of the read unless stopping early scores much better.
    const bool reaches_end = whole.global_score > 0 && whole.global_score + options.end_bonus > best.score;
    std::printf("best %d at query %d, to the end %d: %s, %s\n", best.score, best.query_end, whole.global_score,
                reaches_end ? "whole read" : "clipped", anneal::to_string(results.cigar(read)).c_str());
  }
}
