#include "align/cpu/lane_load.h"

#include <gtest/gtest.h>

#include "unit/align/cpu/pair_memory.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

const std::vector<std::string_view> queries{"ACGTACGTACGTACGTACGT", "GGGG", "T"};
const std::vector<std::string_view> targets{"AC", "CA", "C!"};

// Loads pairs 0 and 1, and of pair 0 only the letters from the third on.
class LoadLanes {
 public:
  explicit LoadLanes(const Kernels& kernels)
      : stage_{run_, kernels, scores_, table_, queue_, memory_.pool, cigars_, Aligner::min_memory} {}

  bool load(std::vector<Item> items, Side side, std::vector<std::int32_t> lead = {}) {
    items_ = std::move(items);
    return load_lanes(stage_, items_, side, memory_.scratch, letters, lead);
  }
  std::string lane(std::size_t index) const {
    std::string text;
    for (const std::uint8_t code : letters.lane(index)) text += "ACGTN"[code];
    return text;
  }
  bool found_invalid() const { return run_.has_invalid_letter(); }
  std::uint8_t padding() const { return scores_.padding(); }

  LaneLetters letters;

 private:
  AlignOptions options_;
  Batch batch_{{.queries = queries, .targets = targets}, options_};
  RunControl control_;
  AlignResults results_;
  Run run_{batch_, options_, control_, results_};
  ScoreTable scores_{options_.matrix};
  LetterTable table_{options_.matrix, Letters::ascii};
  device::cpu::Queue queue_{1};
  test::PairMemory memory_;
  CigarCollector cigars_{0, 1};
  Stage stage_;
  std::vector<Item> items_;
};

TEST(LoadLanesOf, AGroupSmallerThanAVector) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    for (const Width width : {width8, width16, width32}) {
      SCOPED_TRACE(name + " " + std::to_string(width));
      const std::size_t lanes = kernels->width[width].lanes;
      LoadLanes loaded(*kernels);
      ASSERT_TRUE(loaded.load({{.pair = 0, .first_row = 2, .rows = 18, .columns = 2, .width = width},
                               {.pair = 1, .rows = 4, .columns = 2, .width = width}},
                              Side::query));
      EXPECT_EQ(loaded.letters.longest, 18);
      EXPECT_EQ(loaded.letters.stride, 32u) << "whole blocks of 16";
      ASSERT_EQ(loaded.letters.lengths.size(), lanes);
      EXPECT_EQ(loaded.lane(0), "GTACGTACGTACGTACGT");
      EXPECT_EQ(loaded.lane(1), "GGGG");
      for (std::size_t lane = 2; lane < lanes; ++lane) EXPECT_EQ(loaded.lane(lane), loaded.lane(0));
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t position = 0; position < loaded.letters.stride; ++position) {
          const auto code = loaded.letters.interleaved[position * lanes + lane];
          ASSERT_EQ(code, loaded.letters.codes[lane * loaded.letters.stride + position]);
          const bool inside = position < static_cast<std::size_t>(loaded.letters.lengths[lane]);
          ASSERT_TRUE(inside || code == loaded.padding());
        }
      }
    }
  }
}

TEST(LoadLanesOf, PairsWithPaddingInFront) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    LoadLanes loaded(*kernels);
    ASSERT_TRUE(loaded.load({{.pair = 0, .rows = 4, .columns = 2}, {.pair = 1, .rows = 4, .columns = 1}}, Side::target,
                            {0, 3}));
    EXPECT_EQ(loaded.letters.longest, 4) << name;
    EXPECT_EQ(loaded.lane(0), "AC") << name;
    EXPECT_EQ(loaded.lane(1), "NNNC") << name;
  }
}

TEST(LoadLanesOf, APairWithAnInvalidLetter) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    LoadLanes loaded(*kernels);
    const std::vector<Item> items{{.pair = 0, .rows = 20, .columns = 2}, {.pair = 2, .rows = 1, .columns = 2}};
    EXPECT_TRUE(loaded.load(items, Side::query)) << name;
    EXPECT_FALSE(loaded.found_invalid());
    EXPECT_FALSE(loaded.load(items, Side::target)) << name;
    EXPECT_TRUE(loaded.found_invalid());
  }
}

}  // namespace
}  // namespace anneal::align::cpu
