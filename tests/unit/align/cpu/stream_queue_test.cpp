#include "align/cpu/stream_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace anneal::align::cpu {
namespace {

std::vector<Item> items_of(std::initializer_list<std::pair<std::int32_t, std::int32_t>> shapes) {
  std::vector<Item> items;
  for (const auto& [rows, columns] : shapes) {
    items.push_back({.pair = items.size(), .rows = rows, .columns = columns});
  }
  return items;
}

TEST(StreamQueue, HandsOutEveryRowOnceAndPartsOfAPairInTurn) {
  const std::vector<Item> items = items_of({{10, 5}, {64, 9}, {65, 30}, {300, 7}, {1, 1}});
  StreamQueue queue(items, 64, 16);
  std::vector<std::int32_t> rows(items.size());
  std::int64_t time = 0;
  for (std::int32_t tallest = queue.tallest(); !queue.empty(); ++time) {
    const auto part = queue.take(time);
    ASSERT_TRUE(part) << "a part that may start is found where one is taken at a time";
    EXPECT_EQ(part->first_row, rows[part->item]);
    rows[part->item] += part->rows;
    EXPECT_EQ(part->is_last, rows[part->item] == items[part->item].rows);
    EXPECT_LE(part->rows, (tallest + 15) / 16 * 16) << "never taller than before, to the block";
    tallest = std::max(part->rows, queue.tallest());
  }
  for (std::size_t item = 0; item < items.size(); ++item) EXPECT_EQ(rows[item], items[item].rows);
  EXPECT_EQ(queue.tallest(), 0);
  EXPECT_FALSE(queue.take(time));
}

TEST(StreamQueue, HandsOutTallPartsFirstAndLongOnesOfThese) {
  std::mt19937 random;
  std::vector<Item> items;
  for (std::size_t pair = 0; pair < 3000; ++pair) {
    const auto below = [&](unsigned limit) { return static_cast<std::int32_t>(random() % limit); };
    items.push_back({.pair = pair, .rows = 1 + below(64), .columns = 1 + below(pair % 2 == 0 ? 9 : 1 << 30)});
  }
  std::vector<Item> expected = items;
  std::ranges::sort(expected, {},
                    [](const Item& item) { return std::tuple(-((item.rows + 15) / 16), -item.columns, item.pair); });
  StreamQueue queue(items, 64, 16);
  for (const Item& item : expected) EXPECT_EQ(queue.take(0)->item, item.pair);
  EXPECT_TRUE(queue.empty());
}

TEST(StreamQueue, StartsAPartAfterTheOneAboveIt) {
  const std::vector<Item> items = items_of({{32, 5}, {5, 9}});
  StreamQueue queue(items, 16, 16);
  EXPECT_EQ(queue.take(0)->item, 0U);
  const auto other = queue.take(0);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->item, 1U) << "the second part of the first pair has to wait";
  EXPECT_FALSE(queue.take(0));
  EXPECT_FALSE(queue.empty());
  const auto second = queue.take(1);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->first_row, 16);
  EXPECT_TRUE(second->is_last);
}

TEST(StreamQueue, DropsAPair) {
  const std::vector<Item> items = items_of({{320, 5}, {5, 9}});
  StreamQueue queue(items, 16, 16);
  EXPECT_EQ(queue.take(0)->item, 0U);
  queue.drop(0);
  const auto next = queue.take(1);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->item, 1U);
  EXPECT_FALSE(queue.take(2));
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace anneal::align::cpu
