#include "io/tsv_writer.h"

#include <gtest/gtest.h>

#include "unit/io/sample_pair.h"

namespace anneal::io {
namespace {

using test::format;
using test::SamplePair;

std::string header(const WriterOptions& options) {
  std::string text;
  TsvWriter(options).append_header(text, {});
  return text;
}

TEST(TsvWriter, NamesItsColumns) {
  const std::string columns = "query\ttarget\tscore\tquery_begin\tquery_end\ttarget_begin\ttarget_end\tcigar";
  EXPECT_EQ(header({}), columns + "\n");
  EXPECT_EQ(header({.mode = Mode::extend, .strand = true}),
            columns + "\tglobal_score\tglobal_target_end\tmax_off\tstrand\n");
}

TEST(TsvWriter, WritesAPair) { EXPECT_EQ(format("tsv", SamplePair{}), "q1\tt1\t7\t2\t10\t2\t10\t2=1I1=1X1=1D2=\n"); }

TEST(TsvWriter, PutsDotsWhereNothingWasComputed) {
  SamplePair pair;
  pair.cigar.clear();
  pair.alignment.query_begin = pair.alignment.target_begin = -1;
  EXPECT_EQ(format("tsv", pair), "q1\tt1\t7\t.\t10\t.\t10\t.\n");
  pair.alignment.query_end = pair.alignment.target_end = -1;
  EXPECT_EQ(format("tsv", pair, {.mode = Mode::extend}), "q1\tt1\t7\t.\t.\t.\t.\t.\t.\t.\t.\n");
}

TEST(TsvWriter, PutsDotsWhereNothingExists) {
  EXPECT_EQ(format("tsv", SamplePair::unaligned()), "q1\tt1\t0\t.\t.\t.\t.\t.\n");
  EXPECT_EQ(format("tsv", SamplePair::outside_band()), "q1\tt1\t.\t.\t.\t.\t.\t.\n");
  EXPECT_EQ(format("tsv", SamplePair::unaligned(), {.strand = true}), "q1\tt1\t0\t.\t.\t.\t.\t.\t.\n");
  SamplePair pair;
  pair.query_name.clear();
  EXPECT_EQ(format("tsv", pair).substr(0, 5), ".\tt1\t");
}

TEST(TsvWriter, AddsExtensionAndStrand) {
  SamplePair pair;
  pair.has_extension = pair.reverse = true;
  EXPECT_EQ(format("tsv", pair, {.mode = Mode::extend, .strand = true}),
            "q1\tt1\t7\t1\t9\t2\t10\t2=1I1=1X1=1D2=\t-1\t0\t1\t-\n");
}

TEST(TsvWriter, AddsTheSecondBest) {
  SamplePair pair;
  pair.has_second_best = true;
  EXPECT_EQ(format("tsv", pair, {.second_best = true, .strand = true}),
            "q1\tt1\t7\t2\t10\t2\t10\t2=1I1=1X1=1D2=\t5\t30\t+\n");
  pair.second_best = {};
  EXPECT_EQ(format("tsv", pair, {.second_best = true}), "q1\tt1\t7\t2\t10\t2\t10\t2=1I1=1X1=1D2=\t0\t.\n");
  SamplePair unaligned = SamplePair::unaligned();
  unaligned.has_second_best = true;
  EXPECT_EQ(format("tsv", unaligned, {.second_best = true}), "q1\tt1\t0\t.\t.\t.\t.\t.\t.\t.\n");
}

TEST(TsvWriter, CountsOnTheStrandThatWasRead) {
  SamplePair pair;
  pair.reverse = true;
  pair.alignment.query_begin = -1;
  EXPECT_EQ(format("tsv", pair).substr(0, 14), "q1\tt1\t7\t1\t.\t2\t");
}

}  // namespace
}  // namespace anneal::io
