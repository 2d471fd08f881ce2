#include "align/extension_limits.h"

#include <gtest/gtest.h>

namespace anneal::align {
namespace {

AlignOptions options_of(int match, int gap_open, int gap_extend) {
  AlignOptions options;
  options.mode = Mode::extend;
  options.matrix = SubstitutionMatrix::match_mismatch(match, 4);
  options.gap_open = gap_open;
  options.gap_extend = gap_extend;
  return options;
}

TEST(ExtensionBand, IsTheLongestGapThatPays) {
  EXPECT_EQ(extension_band(100, options_of(1, 6, 1)), 95);  // (100 * 1 - 6) / 1 + 1
  EXPECT_EQ(extension_band(100, options_of(2, 6, 3)), 65);  // (200 - 6) / 3 + 1 = 65.67
  AlignOptions options = options_of(1, 6, 1);
  options.end_bonus = 5;
  EXPECT_EQ(extension_band(100, options), 100);
}

TEST(ExtensionBand, IsAtLeastOne) {
  EXPECT_EQ(extension_band(7, options_of(1, 6, 1)), 2);
  EXPECT_EQ(extension_band(6, options_of(1, 6, 1)), 1);
  EXPECT_EQ(extension_band(1, options_of(1, 100, 7)), 1);
  EXPECT_EQ(extension_band(1000, options_of(0, 6, 1)), 1);
}

TEST(ExtensionBand, DoesNotWidenWhatWasAsked) {
  AlignOptions options = options_of(1, 6, 1);
  options.band = 10;
  EXPECT_EQ(extension_band(100, options), 10);
  options.band = 0;
  EXPECT_EQ(extension_band(100, options), 0);
  options.band = 1000;
  EXPECT_EQ(extension_band(100, options), 95);
}

TEST(PrefersQueryEnd, NeedsAPositiveScoreThatBeatsTheBestWithTheBonus) {
  const auto prefers = [](std::int32_t score, std::int32_t global_score, int bonus) {
    return prefers_query_end(score, {.global_score = global_score}, {.mode = Mode::extend, .end_bonus = bonus});
  };
  EXPECT_FALSE(prefers(10, 10, 0));
  EXPECT_TRUE(prefers(10, 10, 1));
  EXPECT_FALSE(prefers(10, 5, 5));
  EXPECT_TRUE(prefers(10, 5, 6));
  EXPECT_FALSE(prefers(10, 0, 100));
  EXPECT_FALSE(prefers(10, -1, 100));
  EXPECT_TRUE(prefers(1 << 30, 1 << 30, 32767));
}

}  // namespace
}  // namespace anneal::align
