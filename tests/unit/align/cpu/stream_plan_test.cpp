#include "align/cpu/stream_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/cpu/stream_job.h"

namespace anneal::align::cpu {
namespace {

constexpr std::uint64_t plenty = std::uint64_t{1} << 40;
constexpr StreamKind profiles = StreamKind::profiles, one_query = StreamKind::one_query;

const Kernels& kernels() {
  static const Kernels shape{.vector_bytes = 64, .width = {{.bits = 8, .lanes = 64}, {.bits = 16, .lanes = 32}}};
  return shape;
}

std::vector<Item> items_of(std::size_t count, std::int32_t rows, std::int32_t columns) {
  std::vector<Item> items;
  for (std::size_t pair = 0; pair < count; ++pair) items.push_back({.pair = pair, .rows = rows, .columns = columns});
  return items;
}

std::size_t count(const std::vector<std::vector<Item>>& groups) {
  std::size_t items = 0;
  for (const std::vector<Item>& group : groups) items += group.size();
  return items;
}

TEST(StreamHeight, GivesEveryLaneWork) {
  EXPECT_EQ(stream_height(items_of(1, 100, 100), kernels().width[0], profiles), 16) << "a block of rows";
  EXPECT_LT(stream_height(items_of(64, 300, 100), kernels().width[0], profiles), most_stream_rows);
  EXPECT_EQ(stream_height(items_of(4000, 300, 100), kernels().width[0], profiles), most_stream_rows);
  EXPECT_EQ(stream_height(items_of(1, 100, 100), kernels().width[1], profiles), 32);
}

TEST(StreamHeight, IsThatOfTheOneQuery) {
  EXPECT_EQ(stream_height(items_of(1, 100, 100), kernels().width[0], one_query), 112);
  EXPECT_EQ(stream_height(items_of(64, 4096, 10), kernels().width[0], one_query), 4096);
  EXPECT_EQ(stream_height(items_of(64, 1, 10), kernels().width[1], one_query), 32);
}

TEST(PlanStreams, KeepsEveryItem) {
  std::vector<Item> others;
  EXPECT_TRUE(plan_streams({}, kernels(), profiles, {.letters = 25, .task_memory = plenty}, others).empty());
  const auto groups =
      plan_streams(items_of(1000, 300, 300), kernels(), profiles, {.letters = 25, .task_memory = plenty}, others);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].size(), 1000U);
  EXPECT_TRUE(others.empty());
}

TEST(PlanStreams, GivesThreadsStreamsOfTheirOwn) {
  std::vector<Item> others;
  const StreamLimits limits{.threads = 4, .letters = 25, .task_memory = plenty};
  const auto groups = plan_streams(items_of(4000, 300, 300), kernels(), profiles, limits, others);
  EXPECT_EQ(groups.size(), 8U);
  EXPECT_EQ(count(groups) + others.size(), 4000U);
  EXPECT_EQ(plan_streams(items_of(100, 300, 300), kernels(), profiles, limits, others).size(), 1U);
}

TEST(PlanStreams, LeaveAPairAloneThatWouldKeepTooFewLanesAtWork) {
  std::vector<Item> others;
  EXPECT_TRUE(
      plan_streams(items_of(1, 50, 50), kernels(), profiles, {.letters = 25, .task_memory = plenty}, others).empty());
  EXPECT_EQ(others.size(), 1U);
}

TEST(PlanStreams, GivesLongTargetsAStreamOfTheirOwn) {
  std::vector<Item> items = items_of(300, 300, 300), others;
  items.push_back({.pair = 300, .rows = 3000, .columns = 20000});
  const auto groups = plan_streams(items, kernels(), profiles, {.letters = 25, .task_memory = plenty}, others);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[1].size(), 1U);
  EXPECT_EQ(groups[1][0].pair, 300U);
}

// Few targets keep more lanes at work where parts of the query may be in different ones.
TEST(PlanStreams, OfOneQueryNeedManyTargets) {
  const StreamLimits limits{.letters = 25, .task_memory = plenty};
  std::vector<Item> others;
  EXPECT_EQ(count(plan_streams(items_of(200, 300, 300), kernels(), one_query, limits, others)), 200U);
  EXPECT_TRUE(others.empty());
  EXPECT_EQ(count(plan_streams(items_of(10, 300, 300), kernels(), one_query, limits, others)), 0U);
  EXPECT_EQ(others.size(), 10U);
}

TEST(PlanStreams, OfOneQueryLeaveOutTargetsThatLanesWouldWaitFor) {
  std::vector<Item> items = items_of(300, 300, 300), others;
  items.push_back({.pair = 300, .rows = 300, .columns = 20000});
  const StreamLimits limits{.letters = 25, .task_memory = plenty};
  EXPECT_EQ(count(plan_streams(items, kernels(), one_query, limits, others)), 300U);
  ASSERT_EQ(others.size(), 1U);
  EXPECT_EQ(others[0].pair, 300U);
}

TEST(PlanStreams, NeedsMemory) {
  std::vector<Item> others;
  const std::vector<Item> items = items_of(1000, 300, 300);
  const std::uint64_t needed = stream_memory(items, kernels(), profiles, 25);
  EXPECT_EQ(count(plan_streams(items, kernels(), profiles, {.letters = 25, .task_memory = needed}, others)), 1000U);
  EXPECT_EQ(count(plan_streams(items, kernels(), profiles, {.letters = 25, .task_memory = needed - 1}, others)), 0U);
  EXPECT_EQ(others.size(), 1000U);
  const std::uint64_t less = stream_memory(items, kernels(), one_query, 25);
  EXPECT_LT(less, needed);
  EXPECT_EQ(count(plan_streams(items, kernels(), one_query, {.letters = 25, .task_memory = less}, others)), 1000U);
  EXPECT_EQ(count(plan_streams(items, kernels(), one_query, {.letters = 25, .task_memory = less - 1}, others)), 0U);
}

}  // namespace
}  // namespace anneal::align::cpu
