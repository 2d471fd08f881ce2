#include "io/pretty_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/io/sample_pair.h"

namespace anneal::io {
namespace {

using test::format;
using test::parse_cigar;
using test::SamplePair;
using testing::HasSubstr;

TEST(PrettyWriter, ShowsAnAlignment) {
  EXPECT_EQ(format("pretty", SamplePair{}),
            "Query  q1 (11 letters)\n"
            "Target t1 (11 letters)\n"
            "Score 7  Identities 6/9 (66.7%)  Gaps 2/9 (22.2%)  Strand plus/plus\n"
            "\n"
            "Query    3  ACGTTA-CC  10\n"
            "            || | | ||\n"
            "Target   3  AC-TAATCC  10\n"
            "\n");
}

TEST(PrettyWriter, CountsDownOnTheReverseStrand) {
  SamplePair pair;
  pair.reverse = true;
  const std::string text = format("pretty", pair);
  EXPECT_THAT(text, HasSubstr("Strand minus/plus"));
  EXPECT_THAT(text, HasSubstr("Query    9  ACGTTA-CC  2\n"));
}

TEST(PrettyWriter, BreaksAfterSixtyColumns) {
  SamplePair pair;
  pair.query = std::string(70, 'A');
  pair.target = std::string(60, 'A') + std::string(60, 'C') + std::string(10, 'A');
  pair.cigar = parse_cigar("60=60D10=");
  pair.alignment = {
      .score = 1, .query_begin = 0, .query_end = 70, .target_begin = 0, .target_end = 130, .status = Status::aligned};
  const std::string text = format("pretty", pair);
  EXPECT_THAT(text, HasSubstr("\nQuery     1  " + std::string(60, 'A') + "  60\n"));
  EXPECT_THAT(text, HasSubstr("\nQuery    60  " + std::string(60, '-') + "  60\n"));
  EXPECT_THAT(text, HasSubstr("\nTarget   61  " + std::string(60, 'C') + "  120\n"));
  EXPECT_THAT(text, HasSubstr("\nQuery    61  AAAAAAAAAA  70\n"));
}

TEST(PrettyWriter, MarksSimilarAminoAcids) {
  SamplePair pair;
  pair.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  pair.query = "MKIW";
  pair.target = "MRLA";
  pair.cigar = parse_cigar("1=3X");
  pair.alignment = {
      .score = 6, .query_begin = 0, .query_end = 4, .target_begin = 0, .target_end = 4, .status = Status::aligned};
  const std::string text = format("pretty", pair);
  EXPECT_THAT(text, HasSubstr("           |++ \n"));
  EXPECT_THAT(text, HasSubstr("Positives 3/4 (75.0%)"));
  EXPECT_EQ(text.find("Strand"), std::string::npos);
}

TEST(PrettyWriter, SaysWhyThereIsNoAlignment) {
  EXPECT_THAT(format("pretty", SamplePair::unaligned()), HasSubstr("No alignment: the best local score is 0\n"));
  EXPECT_THAT(format("pretty", SamplePair::outside_band()), HasSubstr("No alignment: no path lies inside the band\n"));
}

TEST(PrettyWriter, ShowsWhatIsKnownWithoutAPath) {
  SamplePair pair;
  pair.cigar.clear();
  pair.alignment.query_begin = pair.alignment.target_begin = -1;
  EXPECT_THAT(format("pretty", pair), HasSubstr("Score 7  Ends at query 10, target 10\n"));
  pair.alignment.query_end = pair.alignment.target_end = -1;
  EXPECT_THAT(format("pretty", pair), HasSubstr("Score 7\n"));
}

TEST(PrettyWriter, ShowsTheSecondBest) {
  SamplePair pair;
  pair.has_second_best = true;
  EXPECT_THAT(format("pretty", pair), HasSubstr("Second-best score 5  Ends at target 30\n"));
  pair.second_best = {};
  EXPECT_THAT(format("pretty", pair), HasSubstr("No second-best alignment ends far enough from the best\n"));
}

TEST(PrettyWriter, ColorsOnRequestAndChangesNothingElse) {
  const std::string plain = format("pretty", SamplePair{});
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  const std::string colored = format("pretty", SamplePair{}, {.color = true});
  std::string stripped;
  for (std::size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b') {
      i = colored.find('m', i);
    } else {
      stripped += colored[i];
    }
  }
  EXPECT_NE(colored, plain);
  EXPECT_EQ(stripped, plain);
}

}  // namespace
}  // namespace anneal::io
