#include "align/gpu/extend_scoring.h"

#include <gtest/gtest.h>

namespace anneal::align::gpu {
namespace {

TEST(ExtendScoring, HasARowPerTargetLetter) {
  const SubstitutionMatrix matrix = SubstitutionMatrix::parse("A C\nA 1 -2\nC 3 -128", "m", Alphabet::dna);
  const std::vector<recurrence::Word> table = extend_table(matrix);
  const auto* scores = reinterpret_cast<const signed char*>(table.data());
  for (int query = 0; query < matrix.size(); ++query) {
    for (int target = 0; target < matrix.size(); ++target) {
      EXPECT_EQ(scores[target * 32 + query], matrix.score(query, target));
    }
  }
  EXPECT_EQ(table.size() * sizeof(recurrence::Word), 1024U);
}

TEST(ExtendScoring, KnowsWhatAPairOfLettersCosts) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(2, 8);
  EXPECT_EQ(extend_costs(options).loss, 8);
  options.matrix = SubstitutionMatrix::parse("A C\nA 1 2\nC 3 4", "m", Alphabet::dna);
  EXPECT_GE(extend_costs(options).loss, 1);
}

}  // namespace
}  // namespace anneal::align::gpu
