// Finds the best sequences of a database, with bit scores and E-values.
#include <cstdio>
#include <string_view>
#include <vector>

#include "anneal/search.h"
#include "anneal/statistics.h"

int main() {
  const std::vector<std::string_view> queries = {"MVLSPADKTNVKAAWGKVGAHAGEYGAEALERMFLSFPTTKTYF"};
  const std::vector<std::string_view> database = {
      "MGLSDGEWQLVLNVWGKVEADIPGHGQEVLIRLFKGHPETLEKFDKFKHLKSEDEMKASEDLKKHGATVL",
      "MKWVTFISLLFLFSSAYSRGVFRRDAHKSEVAHRFKDLGEENFKALVLIAFAQYLQQCPFEDHVKLVNEV",
      "MVHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPWTQRFFESFGDLSTPDAVMGNPKVKAHGKKVLG",
  };

  anneal::Search search({.top = 2}, queries);
  search.add(database);  // again and again, where it comes in parts

  const auto statistics = anneal::Statistics::of(anneal::SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  const anneal::SearchSpace space{.letters = search.letters(), .sequences = search.targets()};
  for (const anneal::SearchHit& hit : search.hits(0)) {
    std::printf("sequence %d: score %d, %.1f bits, E-value %.1e\n", static_cast<int>(hit.target), hit.score,
                statistics.bit_score(hit.score),
                statistics.evalue(hit.score, queries[0].size(), database[hit.target].size(), space));
  }
}
