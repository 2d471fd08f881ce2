#include "align/cpu/row_plan.h"

#include <gtest/gtest.h>

namespace anneal::align::cpu {
namespace {

LaneJob job_of(const LocalZone& zone) {
  LaneJob job;
  job.rows = 100;
  job.columns = 120;
  job.zone = zone;
  return job;
}

TEST(RowPlan, BeginsAndEndsEverywhereWhereNothingIsKnown) {
  const RowPlan plan(job_of({}), 1, 4);
  EXPECT_EQ(plan.kind(1), RowKind::begins_and_ends);
  EXPECT_EQ(plan.kind(100), RowKind::begins_and_ends);
  EXPECT_EQ(plan.last_alike(1, 100), 100);
}

TEST(RowPlan, FollowsTheZone) {
  const LaneJob job = job_of({.last_begin_row = 30,
                              .last_begin_column = 50,
                              .first_end_row = 70,
                              .first_end_column = 71,
                              .first_exact_row = 90});
  const RowPlan early(job, 49, 4), late(job, 69, 4);
  EXPECT_EQ(early.kind(30), RowKind::begins);
  EXPECT_EQ(early.last_alike(1, 100), 30);
  EXPECT_EQ(early.kind(31), RowKind::plain);
  EXPECT_EQ(early.kind(100), RowKind::plain);
  EXPECT_EQ(late.kind(1), RowKind::plain);
  EXPECT_EQ(late.last_alike(1, 100), 69);
  EXPECT_EQ(late.kind(70), RowKind::ends_before);
  EXPECT_EQ(late.last_alike(70, 100), 89);
  EXPECT_EQ(late.kind(90), RowKind::ends);
  EXPECT_EQ(late.last_alike(90, 100), 100);
}

TEST(RowPlan, FindsTheBandsEdges) {
  LaneJob job = job_of({});
  job.band = {.width = 10};
  const RowPlan plan(job, 41, 4);
  EXPECT_EQ(plan.kind(33), RowKind::at_edge);
  EXPECT_EQ(plan.last_alike(31, 100), 33);
  EXPECT_EQ(plan.kind(34), RowKind::begins_and_ends);
  EXPECT_EQ(plan.last_alike(34, 100), 51);
  EXPECT_EQ(plan.kind(52), RowKind::at_edge);
}

}  // namespace
}  // namespace anneal::align::cpu
