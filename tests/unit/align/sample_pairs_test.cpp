#include "align/sample_pairs.h"

#include <gtest/gtest.h>

#include <set>

namespace anneal::align {
namespace {

TEST(SamplePairs, HaveTheShapeThatIsAskedFor) {
  const SamplePairs pairs({.pairs = 10, .query_length = 30, .target_length = 50}, 4);
  const PairBatch batch = pairs.batch(7, Mode::extend);
  ASSERT_EQ(batch.size(), 7u);
  EXPECT_EQ(batch.h0.size(), 1u);
  std::set<std::string_view> queries;
  for (std::size_t pair = 0; pair < batch.size(); ++pair) {
    EXPECT_EQ(batch.queries[pair].size(), 30u);
    EXPECT_EQ(batch.targets[pair].size(), 50u);
    queries.insert(batch.queries[pair]);
  }
  EXPECT_EQ(queries.size(), 4u);
  EXPECT_TRUE(pairs.batch(7, Mode::local).h0.empty());
}

TEST(SamplePairs, AreRelated) {
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    const bool dna = alphabet == Alphabet::dna;
    const SamplePairs pairs({.alphabet = alphabet, .pairs = 20, .query_length = 100, .target_length = 130}, 20);
    AlignOptions options;
    if (!dna) options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
    const AlignResults results = Aligner(options, {.threads = 1}).align(pairs.batch(20, options.mode));
    double sum = 0;
    for (const Alignment& alignment : results.alignments) sum += alignment.score;
    EXPECT_GT(sum / 20, dna ? 50 : 150);
  }
}

TEST(SamplePairs, OfOneQueryHaveOne) {
  const SamplePairs pairs(
      {.alphabet = Alphabet::protein, .pairs = 5, .query_length = 9, .target_length = 9, .one_query = true}, 5);
  EXPECT_EQ(pairs.batch(5, Mode::local).queries.size(), 1u);
  EXPECT_EQ(pairs.batch(5, Mode::local).size(), 5u);
}

TEST(SamplePairs, AreTheSameEverywhere) {
  const SamplePairs a({.pairs = 3, .query_length = 40, .target_length = 40}, 3),
      b({.pairs = 3, .query_length = 40, .target_length = 40}, 3),
      c({.pairs = 3, .query_length = 40, .target_length = 40}, 3, 2);
  EXPECT_EQ(a.batch(3, Mode::local).queries[2], b.batch(3, Mode::local).queries[2]);
  EXPECT_NE(a.batch(3, Mode::local).queries[2], c.batch(3, Mode::local).queries[2]);
  EXPECT_EQ(SampleLetters(Alphabet::dna, 1).random(12), "CTAATCTCTAAC");
}

}  // namespace
}  // namespace anneal::align
