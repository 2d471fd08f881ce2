#include "align/gpu/chunk_cuts.h"

#include <gtest/gtest.h>

#include <array>

#include "support/random_pairs.h"

namespace anneal::align::gpu {
namespace {

const AlignOptions options;

std::size_t letters(const Batch& batch, std::size_t first, std::size_t last) {
  std::size_t sum = 0;
  for (std::size_t pair = first; pair < last; ++pair) sum += batch.query(pair).size() + batch.target(pair).size();
  return sum;
}
std::uint64_t cells(const Batch& batch, std::size_t first, std::size_t last) {
  std::uint64_t sum = 0;
  for (std::size_t pair = first; pair < last; ++pair) sum += batch.query(pair).size() * batch.target(pair).size();
  return sum;
}

TEST(ChunkCuts, CoverABatchInChunksThatAreNotTooLarge) {
  test::Random random(5);
  for (int round = 0; round < 200; ++round) {
    const int longest = random.pick(std::array{3, 40, 400});
    test::PairSet pairs = test::random_pairs(random, Alphabet::dna, static_cast<std::size_t>(random.between(0, 300)),
                                             {0, longest}, {0, longest});
    const Batch batch(pairs.batch(), options);
    const ChunkSizes sizes{.most_letters = 500,
                           .most_cells = round % 2 == 0 ? 3'000u : 100'000u,
                           .usual_letters = 200,
                           .least_letters = 100};
    const std::vector<std::size_t> cuts = chunk_cuts(batch, sizes, random.between(1, 4));
    ASSERT_EQ(cuts.front(), 0u);
    ASSERT_EQ(cuts.back(), batch.size());
    for (std::size_t n = 0; n + 1 < cuts.size(); ++n) {
      ASSERT_LT(cuts[n], cuts[n + 1]);
      const bool is_one_pair = cuts[n + 1] - cuts[n] == 1;
      ASSERT_TRUE(is_one_pair || letters(batch, cuts[n], cuts[n + 1]) <= sizes.most_letters);
      ASSERT_TRUE(is_one_pair || cells(batch, cuts[n], cuts[n + 1]) <= sizes.most_cells);
    }
  }
}

TEST(ChunkCuts, GiveEachWorkerSomeOfALargeBatchAndKeepASmallOneTogether) {
  test::Random random(6);
  test::PairSet pairs = test::random_pairs(random, Alphabet::dna, 1000, {50, 50}, {50, 50});
  const Batch batch(pairs.batch(), options);  // of 100,000 letters
  const auto chunks = [&](const ChunkSizes& sizes) { return chunk_cuts(batch, sizes, 4).size() - 1; };
  EXPECT_EQ(chunks({}), 1u);
  EXPECT_EQ(chunks({.usual_letters = 50'000, .least_letters = 30'000}), 3u);
  EXPECT_EQ(chunks({.usual_letters = 50'000, .least_letters = 100}), 4u);
  EXPECT_EQ(chunks({.usual_letters = 10'000, .least_letters = 100}), 10u);
  EXPECT_EQ(chunks({.usual_letters = 100, .least_letters = 100}), 34u) << "of which four are small";
  EXPECT_EQ(chunks({.usual_letters = 10'000, .usual_length = 25, .least_letters = 10'000}), 5u) << "of long pairs";
}

TEST(ChunkCuts, KeepMostPairs) {
  const std::vector<std::string_view> queries(3 * ChunkSizes::most_pairs, "A");
  const std::vector<std::string_view> targets{"C"};
  const Batch batch({.queries = queries, .targets = targets}, options);
  EXPECT_EQ(chunk_cuts(batch, {}, 1).size() - 1, 3u);
}

}  // namespace
}  // namespace anneal::align::gpu
