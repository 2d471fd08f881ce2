// Compares one protein with several and ranks them by score.
#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "anneal/align.h"

int main() {
  const std::string_view query = "MVLSPADKTNVKAAWGKVGAHAGEYGAEALERMFLSFPTTKTYFPHF";  // P69905, human haemoglobin alpha
  const std::vector<std::string_view> names = {"leghemoglobin P02232", "haemoglobin beta P68871", "myoglobin P02144"};
  const std::vector<std::string_view> targets = {
      "MGFTEKQEALVNSSSQLFKQNPSNYSVLFYTIILQKAPTAKAMFSFLKD",
      "MVHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPWTQRFFESFGDL",
      "MGLSDGEWQLVLNVWGKVEADIPGHGQEVLIRLFKGHPETLEKFDKFKHL",
  };

  anneal::AlignOptions options;
  options.output = anneal::Output::end;  // no CIGARs: faster
  options.matrix = anneal::SubstitutionMatrix::builtin("BLOSUM62");
  options.gap_open = 11;
  options.gap_extend = 1;

  // A single query goes with every target.
  const anneal::Aligner aligner(options);
  const anneal::AlignResults results = aligner.align({.queries = {&query, 1}, .targets = targets});

  std::vector<std::size_t> order(results.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t target) { return std::pair(-results[target].score, target); });
  for (const std::size_t target : order) {
    std::printf("%3d  %.*s, ends at %d\n", results[target].score, static_cast<int>(names[target].size()),
                names[target].data(), results[target].target_end);
  }
}
