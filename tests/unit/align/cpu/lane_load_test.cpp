#include "align/cpu/lane_load.h"

#include <gtest/gtest.h>

#include "unit/align/cpu/stage_of_pairs.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

const std::vector<std::string_view> queries{"ACGTACGTACGTACGTACGT", "GGGG", "T"};
const std::vector<std::string_view> targets{"AC", "CA", "CTT"};

class LoadLanes {
 public:
  explicit LoadLanes(const Kernels& kernels) : of_(kernels, {.queries = queries, .targets = targets}, {}) {}

  void load(std::vector<Item> items, Side side, std::vector<std::int32_t> lead = {}, std::int64_t room = 0) {
    lanes_ = of_.stage.kernels.width[items.front().width].lanes;
    letters = load_lanes(of_.stage, items, side, of_.memory.scratch, lead, room);
  }
  // The first `count` letters of a lane; padding is a dot.
  std::string lane(std::size_t index, std::size_t count) const {
    std::string text;
    for (std::size_t position = 0; position < count; ++position) {
      const std::uint8_t code = letters.interleaved[position * lanes_ + index];
      text += code == of_.stage.scores.padding() ? '.' : "ACGTN"[code];
    }
    return text;
  }

  LaneLetters letters;

 private:
  test::StageOfPairs of_;
  std::size_t lanes_ = 0;
};

TEST(LoadLanesOf, AGroupSmallerThanAVector) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    for (const Width width : {width8, width16, width32}) {
      SCOPED_TRACE(name + " " + std::to_string(width));
      const std::size_t lanes = kernels->width[width].lanes;
      LoadLanes loaded(*kernels);
      loaded.load({{.pair = 0, .first_row = 2, .rows = 18, .columns = 2, .width = width},
                   {.pair = 1, .rows = 4, .columns = 2, .width = width}},
                  Side::query);
      EXPECT_EQ(loaded.letters.longest, 18);
      ASSERT_EQ(loaded.letters.lengths.size(), lanes);
      EXPECT_EQ(loaded.letters.lengths[0], 18);
      EXPECT_EQ(loaded.letters.lengths[1], 4);
      EXPECT_EQ(loaded.lane(0, 32), "GTACGTACGTACGTACGT..............") << "whole blocks of 16";
      EXPECT_EQ(loaded.lane(1, 32), "GGGG............................");
      for (std::size_t lane = 2; lane < lanes; ++lane) EXPECT_EQ(loaded.lane(lane, 32), loaded.lane(0, 32));
    }
  }
}

TEST(LoadLanesOf, PairsWithPaddingInFront) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    LoadLanes loaded(*kernels);
    loaded.load({{.pair = 0, .rows = 4, .columns = 2}, {.pair = 1, .rows = 4, .columns = 2}}, Side::target, {0, 19});
    EXPECT_EQ(loaded.letters.longest, 21) << name;
    EXPECT_EQ(loaded.letters.lengths[1], 21) << name;
    EXPECT_EQ(loaded.lane(0, 32), "AC..............................") << name;
    EXPECT_EQ(loaded.lane(1, 32).substr(19), "CA...........") << name;
  }
}

TEST(LoadLanesOf, RoomForLongerOnes) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    LoadLanes loaded(*kernels);
    loaded.load({{.pair = 1, .rows = 4, .columns = 2}}, Side::query, {}, 33);
    EXPECT_EQ(loaded.letters.longest, 4) << name;
    EXPECT_EQ(loaded.lane(0, 48), "GGGG" + std::string(44, '.')) << name;
  }
}

}  // namespace
}  // namespace anneal::align::cpu
