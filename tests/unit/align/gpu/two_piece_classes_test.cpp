#include "align/gpu/two_piece_classes.h"

#include <gtest/gtest.h>

namespace anneal::align::gpu {
namespace {

using recurrence::Antidiagonals;
using recurrence::TwoPiecePlan;

constexpr std::int64_t groups = 2;  // per block
constexpr TwoPieceLimits limits{.own_ints = 2000, .groups_per_block = groups, .cells = 10};

std::vector<TwoPieceClass> classes_of(const std::vector<Antidiagonals>& pairs, std::uint64_t memory) {
  TwoPieceClasses classes(true, limits, memory);
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    EXPECT_TRUE(classes.add(static_cast<std::int32_t>(pair), pairs[pair], 1));
  }
  return classes.take();
}

TEST(TwoPieceClasses, KeepPairsApartThatNeedDifferentMemory) {
  const Antidiagonals small = Antidiagonals::of(100, 100, 50, 0), large = Antidiagonals::of(5000, 5000, 500, 0);
  const auto classes = classes_of({small, large, small}, 1 << 30);
  ASSERT_EQ(classes.size(), 2u);
  EXPECT_EQ(classes[0].pairs, (std::vector<std::int32_t>{1}));
  EXPECT_EQ(classes[0].own_ints, 0) << "its diagonals are too many";
  EXPECT_EQ(classes[1].pairs, (std::vector<std::int32_t>{0, 2}));
  EXPECT_EQ(classes[1].own_ints, recurrence::diagonal_score_ints(101));
}

TEST(TwoPieceClasses, GiveEachGroupWhatItCanUse) {
  const Antidiagonals cells = Antidiagonals::of(5000, 5000, 500, 0);
  const std::int64_t all = TwoPiecePlan(cells, true, false).bytes();
  const auto many = classes_of(std::vector(200, cells), static_cast<std::uint64_t>(200 * all));
  EXPECT_EQ(many[0].bytes_per_group(static_cast<std::uint64_t>(200 * all), groups), all);
  const std::int64_t less = many[0].bytes_per_group(static_cast<std::uint64_t>(60 * all), groups);
  EXPECT_LT(less, all) << "so that more run side by side";
  EXPECT_GE(less, many[0].least_bytes);
  EXPECT_EQ(less % 16, 0);
}

TEST(TwoPieceClasses, LeavePairsAloneForWhichABlockLacksMemory) {
  const Antidiagonals cells = Antidiagonals::of(5000, 5000, 500, 0);
  const std::int64_t least = TwoPiecePlan(cells, true, false).least_bytes();
  for (const std::int64_t memory : {least, 2 * least - 16}) {
    const auto classes = classes_of({cells, cells}, static_cast<std::uint64_t>(memory));
    ASSERT_EQ(classes.size(), 2u);
    for (const TwoPieceClass& each : classes) {
      EXPECT_GE(each.bytes_per_group(static_cast<std::uint64_t>(memory), groups), least);
      EXPECT_LE(each.bytes_per_group(static_cast<std::uint64_t>(memory), groups), memory);
    }
  }
  EXPECT_EQ(classes_of({cells, cells}, static_cast<std::uint64_t>(2 * least)).size(), 1u);
}

TEST(TwoPieceClasses, RefuseWhatDoesNotFit) {
  const Antidiagonals cells = Antidiagonals::of(5000, 5000, 500, 0);
  const auto least = static_cast<std::uint64_t>(TwoPiecePlan(cells, true, false).least_bytes());
  TwoPieceClasses classes(true, limits, least - 1);
  EXPECT_FALSE(classes.add(0, cells, 1));
  EXPECT_FALSE(classes.add(0, Antidiagonals::of(2, 6, -1, 0), 12)) << "it has too many cells";
  EXPECT_TRUE(classes.take().empty());
}

}  // namespace
}  // namespace anneal::align::gpu
