#include "search/cuda/scoring.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/matrices.h"

namespace anneal::search::cuda {
namespace {

TEST(SearchScoring, KnowsWhatFits) {
  const SearchScoring blosum{SubstitutionMatrix::builtin("BLOSUM62"), 11, 1};
  EXPECT_TRUE(blosum.fits_halves());
  EXPECT_TRUE(blosum.fits_bytes());
  const SearchScoring free_gaps{SubstitutionMatrix::builtin("BLOSUM62"), 0, 0};
  EXPECT_TRUE(free_gaps.fits_halves());
  EXPECT_FALSE(free_gaps.fits_bytes()) << "raised scores would be negative";
  const SearchScoring high{test::uniform_matrix(Alphabet::protein, 127, 1), 10, 1};
  EXPECT_FALSE(high.fits_bytes()) << "raised scores would exceed a signed byte";
  const SearchScoring costly{SubstitutionMatrix::builtin("BLOSUM62"), 32767, 32767};
  EXPECT_FALSE(costly.fits_halves());
}

// One row: matches are worth 5 in all, a gap of n costs 2 + n.
TEST(SearchScoring, BoundsSpans) {
  const SearchScoring scoring{test::uniform_matrix(Alphabet::dna, 5, 4), 2, 1};
  EXPECT_EQ(scoring.longest_span(""), 0);
  EXPECT_EQ(scoring.longest_span(std::string(1, '\0')), 1 + 3);
  EXPECT_EQ(scoring.longest_span(std::string(10, '\1')), 10 + 48);
  const SearchScoring free{test::uniform_matrix(Alphabet::dna, 5, 4), 2, 0};
  EXPECT_EQ(free.longest_span(std::string(10, '\1')), std::numeric_limits<std::int64_t>::max());
}

}  // namespace
}  // namespace anneal::search::cuda
