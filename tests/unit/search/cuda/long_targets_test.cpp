#include "search/cuda/long_targets.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "search/cuda/database.h"

namespace anneal::search::cuda {
namespace {

std::vector<Item> items_of(const std::vector<std::int32_t>& lengths) {
  std::vector<Item> items;
  std::uint32_t word = 0;
  for (const std::int32_t letters : lengths) {
    items.push_back({word, letters, static_cast<std::uint32_t>(items.size()), 0});
    word += static_cast<std::uint32_t>(letters + 3) / 4;
  }
  place_longest_first(items);
  return items;
}

/// Borders neither overlap nor touch.
void expect_placed(const std::vector<Item>& items) {
  std::uint32_t next = 0;
  for (const Item& item : items) {
    EXPECT_GE(item.border, next + border_gap);
    next = item.border + static_cast<std::uint32_t>(item.letters + 3) / 4;
  }
  EXPECT_EQ(border_fours(items), items.empty() ? 0u : next + border_gap);
}

TEST(LongTargets, PiecesHoldWhateverAnAlignmentCanSpan) {
  const std::vector<Item> items = items_of({5000, 4001, 1300, 1000, 999, 4, 1});
  for (const std::int64_t span : {1, 2, 3, 99, 400, 1000}) {
    const LongTargets found = find_long_targets(items, 1000, span);
    EXPECT_EQ(found.first_other, 3u);
    EXPECT_EQ(found.pieces.empty(), 3 * span + 4 > 1000);
    for (const Item& piece : found.pieces) EXPECT_LE(piece.letters, 1000);
    EXPECT_NE(found.pieces.empty(), found.relayed.empty());
    expect_placed(found.pieces);
    expect_placed(found.relayed);
    for (std::size_t k = 0; k < 3; ++k) {
      for (std::int32_t first = 0; first < items[k].letters; ++first) {
        const std::int64_t last = std::min<std::int64_t>(first + span, items[k].letters);
        bool is_held = false;
        for (const std::vector<Item>* list : {&found.pieces, &found.relayed}) {
          for (const Item& piece : *list) {
            if (piece.target != items[k].target) continue;
            const std::int64_t begin = 4 * (std::int64_t{piece.word} - items[k].word);
            EXPECT_LE(begin + piece.letters, items[k].letters);
            is_held = is_held || (begin <= first && last <= begin + piece.letters);
          }
        }
        ASSERT_TRUE(is_held) << first << " of target " << k << ", span " << span;
      }
    }
  }
}

TEST(LongTargets, RelaysWhatCannotBeCut) {
  const std::vector<Item> items = items_of({5000, 2000, 10});
  const LongTargets found = find_long_targets(items, 1000, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(found.first_other, 2u);
  EXPECT_TRUE(found.pieces.empty());
  ASSERT_EQ(found.relayed.size(), 2u);
  EXPECT_EQ(found.relayed[0].letters, 5000);
  EXPECT_EQ(found.relayed[1].letters, 2000);
}

TEST(LongTargets, LeavesOthersAlone) {
  const LongTargets found = find_long_targets(items_of({1000, 20}), 1000, 50);
  EXPECT_EQ(found.first_other, 0u);
  EXPECT_TRUE(found.pieces.empty() && found.relayed.empty());
  EXPECT_EQ(border_fours({}), 0u);
}

}  // namespace
}  // namespace anneal::search::cuda
