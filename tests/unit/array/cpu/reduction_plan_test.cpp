#include "array/cpu/reduction_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/random.h"

namespace anneal::array::cpu {
namespace {

using Form = ReductionPlan::Form;

// Of a contiguous array.
Nest nest_of(const Shape& shape, const std::vector<int>& reduced) {
  std::vector<std::int64_t> strides(shape.size(), 1);
  for (std::size_t k = shape.size(); k-- > 1;) strides[k - 1] = strides[k] * shape[k];
  Nest nest;
  make_nest(shape, strides, 1, reduced, nest);
  join_axes(1, nest);
  return nest;
}

Form form_of(const Shape& shape, const std::vector<int>& reduced) {
  Nest nest = nest_of(shape, reduced);
  return plan_reduction(1024, nest).form;
}

TEST(ArrayReductionPlan, ChoosesByTheInnermostAxes) {
  EXPECT_EQ(form_of({10, 2000}, {1}), Form::long_rows);
  EXPECT_EQ(form_of({1000, 20, 100}, {1, 2}), Form::long_rows);
  EXPECT_EQ(form_of({1000, 20}, {1}), Form::short_rows);
  EXPECT_EQ(form_of({10, 2000}, {0}), Form::long_columns);
  EXPECT_EQ(form_of({1000, 20}, {0}), Form::short_columns);
  EXPECT_EQ(form_of({}, {}), Form::short_rows);
}

TEST(ArrayReductionPlan, TilesHaveEachElementOnceAndInOrder) {
  test::Random random(11);
  for (int round = 0; round < 500; ++round) {
    Shape shape(random.below(5));
    std::vector<int> reduced;
    for (std::size_t k = 0; k < shape.size(); ++k) {
      shape[k] = random.between(1, random.chance(0.3) ? 40 : 5);
      if (random.chance(0.5)) reduced.push_back(static_cast<int>(k));
    }
    Nest nest = nest_of(shape, reduced);
    const ReductionPlan plan = plan_reduction(random.between(2, 50), nest);
    const std::int64_t results = nest.outer_length(false) * plan.run_results;
    std::int64_t covered_results = 0;
    std::int64_t elements = 0;
    for (std::int64_t block = 0; block < plan.blocks; ++block) {
      EXPECT_EQ(plan.tile_at(block, 0).result, covered_results);
      covered_results += plan.tile_at(block, 0).width;
      std::int64_t place = -1;
      for (std::int64_t piece = 0; piece < plan.pieces; ++piece) {
        const ReductionPlan::Tile tile = plan.tile_at(block, piece);
        EXPECT_LE(tile.count, plan.tile);
        EXPECT_LE(tile.width, plan.width);
        EXPECT_LE(tile.first + tile.count, nest.run_length());
        EXPECT_EQ(tile.result, plan.tile_at(block, 0).result);
        EXPECT_GT(tile.place, place);
        place = tile.place;
        elements += tile.count;
      }
    }
    EXPECT_EQ(covered_results, results);
    EXPECT_EQ(elements, nest.run_length() * nest.outer_length(false) * nest.outer_length(true));
  }
}

}  // namespace
}  // namespace anneal::array::cpu
