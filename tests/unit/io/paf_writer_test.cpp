#include "io/paf_writer.h"

#include <gtest/gtest.h>

#include "unit/io/sample_pair.h"

namespace anneal::io {
namespace {

using test::format;
using test::SamplePair;

TEST(PafWriter, WritesTwelveColumnsAndTags) {
  EXPECT_EQ(format("paf", SamplePair{}),
            "q1\t11\t2\t10\t+\tt1\t11\t2\t10\t6\t9\t255\tNM:i:3\tAS:i:7\tcg:Z:2M1I3M1D2M\n");
}

TEST(PafWriter, WritesEqualAndMismatchWhenAsked) {
  EXPECT_EQ(format("paf", SamplePair{}, {.eqx = true}),
            "q1\t11\t2\t10\t+\tt1\t11\t2\t10\t6\t9\t255\tNM:i:3\tAS:i:7\tcg:Z:2=1I1=1X1=1D2=\n");
}

TEST(PafWriter, CountsOnTheStrandThatWasRead) {
  SamplePair pair;
  pair.reverse = true;
  EXPECT_EQ(format("paf", pair).substr(0, 26), "q1\t11\t1\t9\t-\tt1\t11\t2\t10\t6\t9");
}

TEST(PafWriter, AddsExtensionTags) {
  SamplePair pair;
  pair.has_extension = true;
  EXPECT_NE(format("paf", pair, {.mode = Mode::extend}).find("\tAS:i:7\tgs:i:-1\tgt:i:0\tmo:i:1\tcg:Z:"),
            std::string::npos);
  EXPECT_NE(format("paf", pair, {.mode = Mode::extend_ksw2}).find("\tgs:i:-1\tgt:i:0\tdr:i:0\tcg:Z:"),
            std::string::npos);
}

TEST(PafWriter, AddsSecondBestTags) {
  SamplePair pair;
  pair.has_second_best = true;
  EXPECT_NE(format("paf", pair, {.second_best = true}).find("\tAS:i:7\tXS:i:5\tse:i:30\tcg:Z:"), std::string::npos);
  pair.second_best = {};
  EXPECT_NE(format("paf", pair, {.second_best = true}).find("\tAS:i:7\tXS:i:0\tcg:Z:"), std::string::npos);
}

TEST(PafWriter, LeavesOutPairsWithoutAPath) {
  EXPECT_EQ(format("paf", SamplePair::unaligned()), "");
  EXPECT_EQ(format("paf", SamplePair::outside_band()), "");
}

TEST(PafWriter, WritesAStarForAnEmptyName) {
  SamplePair pair;
  pair.query_name.clear();
  pair.target_name.clear();
  EXPECT_EQ(format("paf", pair).substr(0, 15), "*\t11\t2\t10\t+\t*\t1");
}

}  // namespace
}  // namespace anneal::io
