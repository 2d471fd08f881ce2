// Figures are tested in tests/cli/test_stats.py.
#include "reads/read_statistics.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace anneal::reads {
namespace {

struct Read {
  std::string sequence, quality;
};

std::vector<Read> random_reads(std::size_t count) {
  std::mt19937 random(1);
  std::vector<Read> reads(count);
  for (Read& read : reads) {
    const std::size_t length = random() % 20 == 0 ? 1500 : random() % 200;
    for (std::size_t i = 0; i < length; ++i) {
      read.sequence += "ACGTNacgtun*R"[random() % 13];
      read.quality += static_cast<char>('!' + random() % qualities);
    }
  }
  return reads;
}

void expect_equal(const ReadStatistics& one, const ReadStatistics& other) {
  EXPECT_EQ(one.reads(), other.reads());
  EXPECT_EQ(one.bases(), other.bases());
  EXPECT_EQ(one.letters(), other.letters());
  EXPECT_EQ(one.by_quality(), other.by_quality());
  EXPECT_EQ(one.mean_quality(), other.mean_quality());
  EXPECT_EQ(one.by_length(), other.by_length());
  EXPECT_EQ(one.by_mean_quality(), other.by_mean_quality());
  EXPECT_EQ(one.by_gc_percent(), other.by_gc_percent());
  ASSERT_EQ(one.cycles().size(), other.cycles().size());
  for (std::size_t i = 0; i < one.cycles().size(); ++i) {
    EXPECT_EQ(one.cycles()[i].letters, other.cycles()[i].letters);
    EXPECT_EQ(one.cycles()[i].by_quality, other.cycles()[i].by_quality);
  }
}

TEST(ReadStatistics, OfPartsAddUpToThoseOfTheWhole) {
  ReadStatistics whole, sum;
  std::vector<ReadStatistics> parts(4);
  std::size_t number = 0;
  for (const Read& read : random_reads(600)) {
    whole.add(read.sequence, read.quality);
    parts[number++ % 3].add(read.sequence, read.quality);
  }
  for (const ReadStatistics& part : parts) sum += part;  // the last one is empty
  expect_equal(whole, sum);
  EXPECT_EQ(whole.cycles().size(), ReadStatistics::most_cycles);
}

TEST(ReadStatistics, KnowN50) {
  ReadStatistics statistics;
  EXPECT_EQ(statistics.n50(), 0u);
  for (const std::size_t length : {2u, 2u, 2u, 3u, 3u, 4u, 8u, 8u}) statistics.add(std::string(length, 'A'), {});
  EXPECT_EQ(statistics.n50(), 8u);  // 16 of 32
  statistics.add("A", {});
  EXPECT_EQ(statistics.n50(), 4u);
}

TEST(ReadStatistics, KnowSharesOfQuality) {
  ReadStatistics statistics;
  EXPECT_FALSE(statistics.has_quality());
  EXPECT_EQ(statistics.share_of_quality(0), 0);
  statistics.add("ACGT", "!5?I");  // 0, 20, 30, 40
  EXPECT_EQ(statistics.share_of_quality(0), 1);
  EXPECT_EQ(statistics.share_of_quality(20), 0.75);
  EXPECT_EQ(statistics.share_of_quality(31), 0.25);
  EXPECT_EQ(statistics.mean_quality(), 22.5);
  EXPECT_EQ(statistics.gc_share(), 0.5);
}

TEST(Quantile, IsTheValueOfTheRank) {
  QualityCounts counts = {};
  EXPECT_EQ(quantile(counts, 0.5), 0u);
  counts[3] = 1;
  counts[7] = 2;
  counts[40] = 1;
  EXPECT_EQ(quantile(counts, 0.25), 3u);
  EXPECT_EQ(quantile(counts, 0.5), 7u);
  EXPECT_EQ(quantile(counts, 0.75), 7u);
  EXPECT_EQ(quantile(counts, 0.76), 40u);
  EXPECT_EQ(quantile(counts, 1), 40u);
}

}  // namespace
}  // namespace anneal::reads
