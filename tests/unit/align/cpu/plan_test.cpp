#include "align/cpu/plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/cpu/slab.h"
#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::align::cpu {
namespace {

constexpr std::uint64_t plenty = std::uint64_t{1} << 40;

const Kernels& kernels() {
  static const Kernels shape{.vector_bytes = 32,
                             .width = {{.bits = 8, .lanes = 32}, {.bits = 16, .lanes = 16}, {.bits = 32, .lanes = 8}}};
  return shape;
}

std::vector<Item> equal_items(std::size_t count, std::int32_t length = 100) {
  std::vector<Item> items;
  for (std::size_t pair = 0; pair < count; ++pair)
    items.push_back({.pair = pair, .rows = length, .columns = length, .diagonals = all_diagonals(length, length)});
  return items;
}

std::vector<Item> mixed_items(std::size_t count) {
  test::Random random(test::seed_of("Plan"));
  std::vector<Item> items = equal_items(count);
  for (Item& item : items) {
    item.rows = random.between(1, 300);
    item.columns = random.chance(0.01) ? 20000 : random.between(1, 300);
    item.diagonals = all_diagonals(item.rows, item.columns);
    item.width = static_cast<Width>(random.between(width8, width32));
  }
  return items;
}

void set_bands(std::vector<Item>& items) {
  for (Item& item : items) {
    const auto centre = static_cast<std::int64_t>(item.pair % 3) - 1;
    item.diagonals = {centre - 5, centre + 5};
  }
}

std::vector<Task> planned(std::vector<Item>& items, const PlanLimits& limits) { return plan(items, kernels(), limits); }

void expect_sound(const std::vector<Item>& items, const std::vector<Task>& tasks, const PlanLimits& limits) {
  std::vector<bool> seen(items.size());
  for (const Item& item : items) {
    EXPECT_FALSE(seen.at(item.pair)) << "pair " << item.pair << " is there twice";
    seen[item.pair] = true;
  }
  std::size_t next = 0;
  for (const Task& task : tasks) {
    ASSERT_EQ(task.first, next);
    ASSERT_GE(task.count, 1u);
    next += task.count;
    ASSERT_LE(next, items.size());
    if (!task.in_lanes) {
      EXPECT_EQ(task.count, 1u);
      continue;
    }
    const Item& first = items[task.first];
    EXPECT_LE(task.count, kernels().width[first.width].lanes);
    for (std::size_t k = task.first; k < next; ++k) {
      EXPECT_EQ(items[k].width, first.width);
      EXPECT_TRUE(!limits.exact_band || items[k].diagonals.lowest == first.diagonals.lowest);
    }
  }
  EXPECT_EQ(next, items.size());
}

TEST(Plan, CoversEveryItemOnce) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{32}, std::size_t{33},
                                  std::size_t{1000}, Slab::most_pairs}) {
    for (const bool exact_band : {false, true}) {
      const PlanLimits limits{.exact_band = exact_band, .task_memory = plenty};
      std::vector<Item> items = mixed_items(count);
      if (exact_band) set_bands(items);
      expect_sound(items, planned(items, limits), limits);
    }
  }
}

TEST(Plan, PutsPairsOfOneLengthNextToEachOther) {
  for (const std::int32_t longest : {5, 4000, 40'000, 2'000'000'000}) {
    std::vector<Item> items = equal_items(90);
    for (Item& item : items) item.columns = item.pair % 3 == 0 ? longest : item.pair % 3 == 1 ? longest / 2 : 1;
    for (Item& item : items) std::swap(item.rows, item.columns);
    planned(items, {.lanes_only = true});
    for (std::size_t k = 1; k < items.size(); ++k) EXPECT_LE(items[k].rows, items[k - 1].rows);
  }
}

TEST(Plan, PutsPairsOfLikeShapeIntoAVector) {
  std::vector<Item> items = mixed_items(Slab::most_pairs);
  for (Item& item : items) {
    item.width = width8;
    item.columns = std::min(item.columns, 300);
    item.diagonals = all_diagonals(item.rows, item.columns);
  }
  double filled = 0, wanted = 0;
  for (const Task& task : planned(items, {.task_memory = plenty})) {
    const auto group = std::span(items).subspan(task.first, task.count);
    filled += static_cast<double>(hull_of(group).cells()) * static_cast<double>(task.count);
    for (const Item& item : group) wanted += static_cast<double>(item.cells());
  }
  EXPECT_LT(filled, 1.3 * wanted);
}

TEST(Plan, FillsVectorsWithEqualPairs) {
  std::vector<Item> items = equal_items(70);
  const auto tasks = planned(items, {.task_memory = plenty});
  ASSERT_EQ(tasks.size(), 3u);
  EXPECT_EQ(tasks[0].count, 32u);
  EXPECT_EQ(tasks[1].count, 32u);
  EXPECT_EQ(tasks[2].count, 6u);
  EXPECT_TRUE(tasks[0].in_lanes);
}

TEST(Plan, DiagonalsMatterOnlyInABand) {
  std::vector<Item> items = equal_items(32);
  for (Item& item : items) item.diagonals = item.pair % 2 == 0 ? Diagonals{-47, 53} : Diagonals{-53, 47};
  EXPECT_EQ(planned(items, {.task_memory = plenty}).size(), 1u);
  EXPECT_EQ(planned(items, {.exact_band = true, .task_memory = plenty}).size(), 2u);
}

TEST(Plan, TracesShareAVectorWithEquallyWideOnes) {
  std::vector<Item> items = equal_items(64);
  for (Item& item : items) item.diagonals = item.pair % 2 == 0 ? Diagonals{-2, 2} : Diagonals{-40, 40};
  const auto tasks = planned(items, {.traced = true, .task_memory = plenty});
  ASSERT_EQ(tasks.size(), 2u);
  for (const Task& task : tasks) {
    for (std::size_t k = 1; k < task.count; ++k) {
      EXPECT_EQ(items[task.first + k].diagonals.lowest, items[task.first].diagonals.lowest);
    }
  }
}

TEST(Plan, ALongLonePairGoesAlongItsDiagonals) {
  std::vector<Item> items = equal_items(1, 10000);
  EXPECT_FALSE(planned(items, {.task_memory = plenty}).front().in_lanes);
  EXPECT_TRUE(planned(items, {.lanes_only = true}).front().in_lanes);
}

TEST(Plan, LanesOnlyIgnoresMemoryAndPadding) {
  const PlanLimits limits{.lanes_only = true, .lanes_possible = false, .task_memory = 0};
  std::vector<Item> items = mixed_items(500);
  const auto tasks = planned(items, limits);
  expect_sound(items, tasks, limits);
  EXPECT_TRUE(std::ranges::all_of(tasks, &Task::in_lanes));
}

TEST(Plan, WithoutPaddingOrMemoryPairsAreAlone) {
  for (const PlanLimits& limits :
       {PlanLimits{.lanes_possible = false, .task_memory = plenty}, PlanLimits{.task_memory = 0}}) {
    std::vector<Item> items = mixed_items(500);
    const auto tasks = planned(items, limits);
    expect_sound(items, tasks, limits);
    EXPECT_TRUE(std::ranges::none_of(tasks, &Task::in_lanes));
  }
}

// 32 lanes x 100 x 100 cells x 4 masks of one bit: 160 kB of trace, and little besides.
TEST(Plan, ATraceCountsTowardsMemory) {
  std::vector<Item> items = equal_items(32);
  EXPECT_TRUE(planned(items, {.traced = false, .task_memory = 100'000}).front().in_lanes);
  EXPECT_FALSE(planned(items, {.traced = true, .task_memory = 100'000}).front().in_lanes);
  EXPECT_TRUE(planned(items, {.traced = true, .task_memory = 300'000}).front().in_lanes);
  for (Item& item : items) item.diagonals = {-5, 5};
  EXPECT_TRUE(planned(items, {.traced = true, .task_memory = 100'000}).front().in_lanes);
}

TEST(Plan, StartsWithTheLargestPairs) {
  std::vector<Item> items = equal_items(3);
  items[1].columns = 200;
  items[2].columns = 150;
  for (Item& item : items) item.diagonals = all_diagonals(item.rows, item.columns);
  planned(items, {.task_memory = plenty});
  EXPECT_EQ(items[0].pair, 1u);
  EXPECT_EQ(items[1].pair, 2u);
}

TEST(Plan, LanesOnlySortsByTheQueryFirst) {
  std::vector<Item> items = mixed_items(500);
  planned(items, {.lanes_only = true});
  for (std::size_t k = 1; k < items.size(); ++k) {
    EXPECT_TRUE(items[k].width != items[k - 1].width || items[k - 1].rows >= items[k].rows);
  }
}

TEST(HullOf, HoldsEveryItem) {
  const std::vector<Item> items{{.pair = 7, .rows = 10, .columns = 4, .diagonals = {-3, 1}, .width = width16},
                                {.rows = 2, .columns = 9, .diagonals = {0, 5}, .width = width16}};
  const Item hull = hull_of(items);
  EXPECT_EQ(hull.rows, 10);
  EXPECT_EQ(hull.columns, 9);
  EXPECT_EQ(hull.diagonals.lowest, -3);
  EXPECT_EQ(hull.diagonals.highest, 5);
  EXPECT_EQ(hull.width, width16);
}

TEST(Plan, PairsThatShareNoVectorGoInStrips) {
  const PlanLimits limits{.in_strips = true, .path_follows = true, .task_memory = plenty};
  std::vector<Item> lone = equal_items(1, 1000), full = equal_items(32);
  EXPECT_FALSE(planned(lone, limits).front().in_lanes);
  EXPECT_TRUE(planned(full, limits).front().in_lanes);
}

TEST(Plan, StripsNeedNoSecondPassForPaths) {
  std::vector<Item> items = equal_items(16, 1000);
  for (Item& item : items) item.width = width16;
  EXPECT_TRUE(planned(items, {.in_strips = true, .task_memory = plenty}).front().in_lanes);
  EXPECT_FALSE(planned(items, {.in_strips = true, .path_follows = true, .task_memory = plenty}).front().in_lanes);
}

TEST(Plan, LongPairsGoInLocalStripsOfEightBits) {
  PlanLimits limits{.in_strips = true, .strip_width = width16, .task_memory = plenty};
  for (const std::int32_t length : {400, 1000}) {
    std::vector<Item> items = equal_items(16, length);
    for (Item& item : items) item.width = width16;
    limits.strips_in_8_bits = false;
    EXPECT_TRUE(planned(items, limits).front().in_lanes) << length;
    limits.strips_in_8_bits = true;
    EXPECT_EQ(planned(items, limits).front().in_lanes, length == 400);
  }
}

}  // namespace
}  // namespace anneal::align::cpu
