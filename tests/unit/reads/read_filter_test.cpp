// What the parts do is tested beside them, and the whole in tests/cli/test_filter.py.
#include "reads/read_filter.h"

#include <gtest/gtest.h>

namespace anneal::reads {
namespace {

std::uint64_t of(const FilterCounts& counts, Verdict verdict) {
  return counts.by_verdict[static_cast<std::size_t>(verdict)];
}

TEST(ReadFilter, TrimsBeforeItJudges) {
  const ReadFilter filter({.quality_3 = 20, .min_length = 3});
  FilterCounts counts;
  io::SequenceRecord read{"a", "", "ACGTA", "III##"};
  EXPECT_TRUE(filter.apply(read, counts));
  EXPECT_EQ(read.sequence, "ACG");
  EXPECT_EQ(read.quality, "III");
  read = {"b", "", "ACGTA", "II###"};
  EXPECT_FALSE(filter.apply(read, counts));
  EXPECT_EQ(counts.reads, 2u);
  EXPECT_EQ(counts.bases, 10u);
  EXPECT_EQ(counts.reads_passed(), 1u);
  EXPECT_EQ(counts.bases_passed, 3u);
  EXPECT_EQ(of(counts, Verdict::too_short), 1u);
  EXPECT_EQ(counts.trimmed_bases[static_cast<std::size_t>(Trimming::quality_ends)], 5u);
}

TEST(ReadFilter, DropsBothMates) {
  const ReadFilter filter({.min_length = 3, .max_n = 0});
  FilterCounts counts;
  const io::SequenceRecord good{"a", "", "ACGT", "IIII"}, shorter{"a", "", "AC", "II"},
      uncertain{"a", "", "ACN", "III"};
  const auto passes = [&](io::SequenceRecord first, io::SequenceRecord second) {
    return filter.apply(first, second, counts);
  };
  EXPECT_TRUE(passes(good, good));
  EXPECT_FALSE(passes(good, shorter));
  EXPECT_FALSE(passes(uncertain, shorter));  // the first mate decides what is counted
  EXPECT_EQ(of(counts, Verdict::too_short), 2u);
  EXPECT_EQ(of(counts, Verdict::too_many_n), 2u);
  EXPECT_EQ(counts.reads_passed(), 2u);
  EXPECT_EQ(counts.bases_passed, 8u);
}

TEST(ReadFilter, CountsAddUp) {
  const ReadFilter filter({.poly_g = 5});
  FilterCounts one, other;
  io::SequenceRecord read{"a", "", "ACGGGGG", ""};
  filter.apply(read, one);
  read = {"b", "", "GGGGGG", ""};
  filter.apply(read, other);
  one += other;
  EXPECT_EQ(one.reads, 2u);
  EXPECT_EQ(one.trimmed_reads[static_cast<std::size_t>(Trimming::poly_g)], 2u);
  EXPECT_EQ(one.trimmed_bases[static_cast<std::size_t>(Trimming::poly_g)], 11u);
  EXPECT_EQ(of(one, Verdict::too_short), 1u);
}

}  // namespace
}  // namespace anneal::reads
