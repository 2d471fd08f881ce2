#include "align/cpu/slab.h"

#include <gtest/gtest.h>

#include "unit/align/cpu/pair_memory.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

std::vector<std::size_t> cuts_of(const std::vector<std::string>& queries, const std::string& target,
                                 std::uint64_t memory = std::uint64_t{1} << 40) {
  const std::vector<std::string_view> views(queries.begin(), queries.end()), one{target};
  return Slab::cuts(Batch({.queries = views, .targets = one}, {}), memory);
}

TEST(SlabCuts, CoverTheBatch) {
  EXPECT_EQ(cuts_of({}, "A"), std::vector<std::size_t>{0});
  EXPECT_EQ(cuts_of({"A"}, "C"), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(cuts_of(std::vector<std::string>(Slab::most_pairs, "A"), "C"),
            (std::vector<std::size_t>{0, Slab::most_pairs}));
  EXPECT_EQ(cuts_of(std::vector<std::string>(Slab::most_pairs + 1, "A"), "C"),
            (std::vector<std::size_t>{0, Slab::most_pairs, Slab::most_pairs + 1}));
}

TEST(SlabCuts, LongPairsAreAlone) {
  const std::string half(Slab::most_letters / 2, 'A'), whole(Slab::most_letters, 'A');
  EXPECT_EQ(cuts_of({"A", "C", whole, "G", "T"}, "A"), (std::vector<std::size_t>{0, 2, 3, 5}));
  EXPECT_EQ(cuts_of({half, half, half}, "A"), (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(cuts_of({"AA", "AA", "AA"}, "A", 6), (std::vector<std::size_t>{0, 2, 3}));
}

TEST(SlabCuts, CountASharedSideOnce) {
  const std::string half(Slab::most_letters / 2, 'A');
  EXPECT_EQ(cuts_of({"A", "C", "G", "T"}, half), (std::vector<std::size_t>{0, 4}));
}

// A slab of pairs first .. last - 1 of one batch.
struct SlabOf {
  SlabOf(const Kernels& kernels, const std::vector<std::string_view>& queries,
         const std::vector<std::string_view>& targets, std::size_t first, std::size_t last)
      : batch({.queries = queries, .targets = targets}, options), run(batch, options, control, results),
        slab(run, kernels, table, padding, memory.pool, first, last) {}

  std::string text(std::size_t pair, Side side) const {
    std::string letters;
    for (const std::uint8_t code : slab.codes(pair, side)) letters += "ACGTN"[code];
    return letters;
  }

  static constexpr std::uint8_t padding = 31;
  AlignOptions options;
  Batch batch;
  RunControl control;
  AlignResults results;
  Run run;
  LetterTable table{options.matrix, Letters::ascii};
  test::PairMemory memory;
  Slab slab;
};

TEST(Slab, HoldsTheLettersOfItsPairs) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    const SlabOf found(*kernels, {"AAAA", "ACgt", "", "T"}, {"C", "GGG", "TT", "N"}, 1, 4);
    ASSERT_TRUE(found.slab.valid()) << name;
    EXPECT_EQ(found.text(1, Side::query), "ACGT") << name;
    EXPECT_EQ(found.text(1, Side::target), "GGG") << name;
    EXPECT_EQ(found.text(2, Side::query), "") << name;
    EXPECT_EQ(found.text(3, Side::target), "N") << name;
    for (std::size_t k = 0; k < Slab::margin; ++k) {
      EXPECT_EQ(found.slab.codes(2, Side::target).data()[2 + k], SlabOf::padding) << name;
    }
  }
}

TEST(Slab, EncodesASharedSideOnce) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    const SlabOf found(*kernels, {"ACGT"}, {"C", "G", "T"}, 0, 3);
    EXPECT_EQ(found.slab.codes(0, Side::query).data(), found.slab.codes(2, Side::query).data()) << name;
    EXPECT_EQ(found.text(2, Side::query), "ACGT") << name;
    EXPECT_EQ(found.text(2, Side::target), "T") << name;
  }
}

// The same text, not just an equal one.
TEST(Slab, EncodesTheTextOfNeighboursOnce) {
  const std::string text = "ACGT", equal = text;
  for (const auto& [name, kernels] : test::vector_backends()) {
    const SlabOf found(*kernels, {text, text, equal, text}, {"C", text, text, "T"}, 0, 4);
    const auto query = [&](std::size_t pair) { return found.slab.codes(pair, Side::query).data(); };
    EXPECT_EQ(query(0), query(1)) << name;
    EXPECT_NE(query(1), query(2)) << name;
    EXPECT_NE(query(1), query(3)) << name;
    EXPECT_EQ(found.slab.codes(1, Side::target).data(), found.slab.codes(2, Side::target).data()) << name;
    for (std::size_t pair = 0; pair < 4; ++pair) EXPECT_EQ(found.text(pair, Side::query), text) << name;
    EXPECT_EQ(found.text(3, Side::target), "T") << name;
  }
}

TEST(Slab, NotesInvalidLetters) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    const SlabOf found(*kernels, {"A", "C", "G"}, {"A", "C!", "G"}, 0, 3);
    EXPECT_FALSE(found.slab.valid()) << name;
    EXPECT_TRUE(found.run.has_invalid_letter()) << name;
  }
}

}  // namespace
}  // namespace anneal::align::cpu
