#include "align/cpu/eight_bits.h"

#include <gtest/gtest.h>

namespace anneal::align::cpu {
namespace {

TEST(EightBits, AreTriedUntilMostLongPairsOverflowed) {
  EightBits bits;
  const Item item{.rows = 1000, .columns = 1000, .width = width8};
  EXPECT_FALSE(bits.seldom_suffice(item));
  for (int pair = 0; pair < 4; ++pair) bits.note(item, pair != 0);
  EXPECT_FALSE(bits.seldom_suffice(item));
  bits.note(item, true);
  EXPECT_TRUE(bits.seldom_suffice(item));
}

TEST(EightBits, AreAlwaysTriedForShortPairs) {
  EightBits bits;
  const Item shorter{.rows = 255, .columns = 1000, .width = width8};
  for (int pair = 0; pair < 10; ++pair) bits.note({.rows = 1000, .columns = 1000, .width = width8}, true);
  EXPECT_FALSE(bits.seldom_suffice(shorter));
}

}  // namespace
}  // namespace anneal::align::cpu
