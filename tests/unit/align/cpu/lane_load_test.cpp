#include "align/cpu/lane_load.h"

#include <gtest/gtest.h>

#include "unit/align/cpu/pair_memory.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

const std::vector<std::string_view> queries{"ACGTACGTACGTACGTACGT", "GGGG", "T"};
const std::vector<std::string_view> targets{"AC", "CA", "CTT"};

class LoadLanes {
 public:
  explicit LoadLanes(const Kernels& kernels)
      : slab_(run_, kernels, table_, scores_.padding(), memory_.pool, 0, batch_.size()),
        stage_{run_,         slab_,       kernels, scores_,      local_,  guess_,
               least_score_, eight_bits_, queue_,  memory_.pool, cigars_, Aligner::min_memory} {}

  void load(std::vector<Item> items, Side side, std::vector<std::int32_t> lead = {}, std::int64_t room = 0) {
    lanes_ = stage_.kernels.width[items.front().width].lanes;
    letters = load_lanes(stage_, items, side, memory_.scratch, lead, room);
  }
  // The first `count` letters of a lane; padding is a dot.
  std::string lane(std::size_t index, std::size_t count) const {
    std::string text;
    for (std::size_t position = 0; position < count; ++position) {
      const std::uint8_t code = letters.interleaved[position * lanes_ + index];
      text += code == scores_.padding() ? '.' : "ACGTN"[code];
    }
    return text;
  }

  LaneLetters letters;

 private:
  AlignOptions options_;
  Batch batch_{{.queries = queries, .targets = targets}, options_};
  RunControl control_;
  AlignResults results_;
  Run run_{batch_, options_, control_, results_};
  ScoreTable scores_{options_.matrix};
  LetterTable table_{options_.matrix, Letters::ascii};
  LocalScores local_{options_};
  ScoreGuess guess_{options_};
  LeastScore least_score_;
  EightBits eight_bits_;
  device::cpu::Queue queue_{1};
  test::PairMemory memory_;
  CigarCollector cigars_{0, 1};
  Slab slab_;
  Stage stage_;
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
