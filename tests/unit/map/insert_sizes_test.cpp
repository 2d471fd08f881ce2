#include "map/insert_sizes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "anneal/error.h"
#include "support/random.h"

namespace anneal::map {
namespace {

// A sum of twelve uniform numbers is close to normal.
std::int32_t normal(test::Random& random, double mean, double deviation) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += random.between(0, 1'000'000) / 1e6;
  return static_cast<std::int32_t>(mean + deviation * sum + 0.5);
}

std::vector<std::int32_t> normals(test::Random& random, int count, double mean, double deviation) {
  std::vector<std::int32_t> sizes;
  for (int i = 0; i < count; ++i) sizes.push_back(normal(random, mean, deviation));
  return sizes;
}

Mapping mapping_at(std::int32_t begin, std::int32_t end, bool reverse, std::uint8_t quality = 60) {
  Mapping mapping;
  mapping.reverse = reverse;
  mapping.target_begin = begin;
  mapping.target_end = end;
  mapping.query_end = end - begin;
  mapping.mapping_quality = quality;
  return mapping;
}

TEST(DistributionOf, FindsThatOfNormalSizes) {
  test::Random random(1);
  const auto found = distribution_of(normals(random, 2000, 400, 50));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->mean, 400, 5);
  EXPECT_NEAR(found->deviation, 50, 5);
  EXPECT_NEAR(found->min, 400 - 4.7 * 50, 30);  // three times 1.35 deviations below the quartile at 0.67
  EXPECT_NEAR(found->max, 400 + 4.7 * 50, 30);
}

TEST(DistributionOf, IsTheSameInAnyOrder) {
  test::Random random(2);
  std::vector<std::int32_t> sizes = normals(random, 300, 250, 30);
  const auto found = distribution_of(sizes);
  std::reverse(sizes.begin(), sizes.end());
  const auto again = distribution_of(sizes);
  ASSERT_TRUE(found && again);
  EXPECT_EQ(found->mean, again->mean);
  EXPECT_EQ(found->deviation, again->deviation);
}

TEST(DistributionOf, NeedsEnoughSizes) {
  EXPECT_FALSE(distribution_of({}));
  EXPECT_FALSE(distribution_of(std::vector<std::int32_t>(min_insert_sizes - 1, 300)));
  EXPECT_TRUE(distribution_of(std::vector<std::int32_t>(min_insert_sizes, 300)));
}

TEST(DistributionOf, IgnoresOutliers) {
  test::Random random(3);
  std::vector<std::int32_t> sizes = normals(random, 950, 400, 50);
  for (int i = 0; i < 50; ++i) sizes.push_back(random.between(2000, 10'000));
  const auto found = distribution_of(sizes);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->mean, 400, 10);
  EXPECT_NEAR(found->deviation, 50, 8);
  EXPECT_LT(found->max, 750);
}

TEST(DistributionOf, TakesBothModes) {
  test::Random random(4);
  std::vector<std::int32_t> sizes = normals(random, 600, 200, 20);
  const std::vector<std::int32_t> others = normals(random, 400, 500, 20);
  sizes.insert(sizes.end(), others.begin(), others.end());
  const auto found = distribution_of(sizes);
  ASSERT_TRUE(found);
  EXPECT_LT(found->min, 140);
  EXPECT_GT(found->max, 560);
  EXPECT_NEAR(found->mean, 320, 15);
}

TEST(DistributionOf, OfEqualAndOfTinySizesIsValid) {
  for (const std::int32_t size : {1, 2, 300}) {
    const auto found = distribution_of(std::vector<std::int32_t>(100, size));
    ASSERT_TRUE(found);
    EXPECT_NO_THROW(validate(*found));
    EXPECT_LE(found->min, size);
    EXPECT_GE(found->max, size);
  }
}

TEST(InsertSize, IsBetweenOuterEndsOfMatesThatFaceEachOther) {
  const Mapping left = mapping_at(100, 200, false), right = mapping_at(350, 450, true);
  EXPECT_EQ(insert_size(left, right), 350);
  EXPECT_EQ(insert_size(right, left), 350);
  EXPECT_FALSE(insert_size(left, mapping_at(350, 450, false)));                         // same strand
  EXPECT_FALSE(insert_size(mapping_at(350, 450, false), mapping_at(100, 200, true)));   // back to back
  EXPECT_EQ(insert_size(mapping_at(120, 200, false), mapping_at(100, 180, true)), 60);  // shorter than a read
  Mapping elsewhere = right;
  elsewhere.target = 1;
  EXPECT_FALSE(insert_size(left, elsewhere));
}

TEST(InsertSize, CountsClippedFirstLetters) {
  Mapping left = mapping_at(110, 200, false), right = mapping_at(350, 430, true);
  left.query_begin = 10;
  right.query_begin = 20;
  EXPECT_EQ(insert_size(left, right), 350);
}

TEST(EstimateInsertSizes, TakesPairsOfUniqueMates) {
  std::vector<MappedRead> reads;
  const auto add = [&reads](const std::vector<Mapping>& first, const std::vector<Mapping>& second) {
    reads.push_back({.mappings = first});
    reads.push_back({.mappings = second});
  };
  for (int i = 0; i < 30; ++i) {
    add({mapping_at(1000, 1100, false)}, {mapping_at(1200, 1300, true)});
    add({mapping_at(1000, 1100, false, 29)}, {mapping_at(1500, 1600, true)});                            // unsure
    add({mapping_at(1000, 1100, false)}, {});                                                            // lost
    add({mapping_at(1000, 1100, false)}, {mapping_at(1500, 1600, true), mapping_at(1900, 2000, true)});  // in two
    add({mapping_at(1000, 1100, false)}, {mapping_at(21'000, 21'100, true)});                            // far off
  }
  const InsertSizeEstimate estimate = estimate_insert_sizes(reads);
  EXPECT_FALSE(estimate.is_default);
  EXPECT_EQ(estimate.pairs, 30U);
  EXPECT_EQ(estimate.sizes.mean, 300);
}

TEST(EstimateInsertSizes, HasADefaultForFewPairs) {
  std::vector<MappedRead> reads(2);
  reads[0].mappings = {mapping_at(1000, 1100, false)};
  reads[1].mappings = {mapping_at(3000, 3100, true)};
  const InsertSizeEstimate estimate = estimate_insert_sizes(reads);
  EXPECT_TRUE(estimate.is_default);
  EXPECT_EQ(estimate.pairs, 1U);
  EXPECT_EQ(estimate.sizes.max, InsertSizes{}.max);
}

TEST(ValidateInsertSizes, NamesWhatIsWrong) {
  EXPECT_NO_THROW(validate(InsertSizes{}));
  for (const InsertSizes& sizes :
       {InsertSizes{.mean = 0}, InsertSizes{.deviation = 0}, InsertSizes{.deviation = -3}, InsertSizes{.min = 0},
        InsertSizes{.min = 500, .max = 400}, InsertSizes{.max = InsertSizes::most + 1},
        InsertSizes{.mean = std::numeric_limits<double>::quiet_NaN()}}) {
    EXPECT_THROW(validate(sizes), Error);
  }
}

}  // namespace
}  // namespace anneal::map
