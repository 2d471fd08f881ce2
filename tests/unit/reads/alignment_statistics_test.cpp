// Figures are tested in tests/cli/test_stats.py.
#include "reads/alignment_statistics.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "anneal/error.h"

namespace anneal::reads {
namespace {

io::AlignmentRecord random_record(std::mt19937& random) {
  constexpr std::uint16_t flags[] = {0x53, 0x63, 0x93, 0xa3, 0x43, 0x4, 0x49, 0x410, 0x240, 0x900, 0x800, 0x100};
  const std::vector<CigarOp> cigar = {CigarOp(CigarOp::match, 4)};
  const std::uint16_t flag = flags[random() % std::size(flags)];
  const bool is_mapped = (flag & io::flag_unmapped) == 0;
  io::AlignmentFields fields{.name = "r", .flags = flag, .sequence = "ACGT"};
  fields.reference = is_mapped ? static_cast<int>(random() % 2) : -1;
  fields.position = is_mapped ? static_cast<std::int64_t>(random() % 100) : -1;
  fields.mapping_quality = static_cast<std::uint8_t>(is_mapped ? random() % 256 : 0);
  if (is_mapped) fields.cigar = cigar;
  fields.mate_reference = static_cast<int>(random() % 2);
  fields.mate_position = static_cast<std::int64_t>(random() % 100);
  fields.template_length = static_cast<std::int64_t>(random() % 20000) - 10000;
  io::AlignmentRecord record;
  record.assign(fields);
  if (random() % 2 == 0) record.set_tag("NM", static_cast<std::int64_t>(random() % 5));
  return record;
}

TEST(AlignmentStatistics, OfPartsAddUpToThoseOfTheWhole) {
  std::mt19937 random(1);
  AlignmentStatistics whole, sum;
  std::array<AlignmentStatistics, 4> parts;  // the last one stays empty
  for (std::size_t i = 0; i < 5000; ++i) {
    const io::AlignmentRecord record = random_record(random);
    whole.add(record);
    parts[i % 3].add(record);
  }
  for (const AlignmentStatistics& part : parts) sum += part;
  for (std::size_t i = 0; i < alignment_counts; ++i) {
    const auto what = static_cast<AlignmentCount>(i);
    EXPECT_GT(whole.count(what), 0U) << i;
    EXPECT_EQ(sum.count(what), whole.count(what)) << i;
  }
  EXPECT_EQ(sum.by_mapping_quality(), whole.by_mapping_quality());
  EXPECT_EQ(sum.by_insert_size(), whole.by_insert_size());
  EXPECT_FALSE(whole.by_insert_size().empty());
  EXPECT_EQ(sum.insert_size().mean, whole.insert_size().mean);
}

TEST(AlignmentStatistics, OfNothingAreZero) {
  const AlignmentStatistics none;
  EXPECT_EQ(none.insert_size().mean, 0);
  EXPECT_EQ(none.median_insert_size(), 0U);
  EXPECT_EQ(none.edit_rate(), 0);
}

TEST(SequencedRead, IsComplementedWhereItIsReverse) {
  io::AlignmentRecord record;
  const std::vector<std::uint8_t> qualities = {0, 10, 20, 30, 40, 93};
  io::AlignmentFields fields{.name = "r", .sequence = "AACGRN", .qualities = qualities};
  std::string sequence, quality;
  record.assign(fields);
  sequenced_read(record, sequence, quality);
  EXPECT_EQ(sequence, "AACGRN");
  EXPECT_EQ(quality, "!+5?I~");
  fields.flags |= io::flag_reverse;
  record.assign(fields);
  sequenced_read(record, sequence, quality);
  EXPECT_EQ(sequence, "NYCGTT");
  EXPECT_EQ(quality, "~I?5+!");
}

}  // namespace
}  // namespace anneal::reads
