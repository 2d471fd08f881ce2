#include "io/hit_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "unit/io/owned_hits.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::format_hits;
using test::OwnedHits;
using test::SamplePair;
using test::thrown_by;
using testing::HasSubstr;
using testing::Not;

const SubstitutionMatrix dna = SubstitutionMatrix::match_mismatch(1, 4);
const SubstitutionMatrix blosum62 = SubstitutionMatrix::builtin("BLOSUM62");

OwnedHits second() {
  SamplePair pair;
  pair.reverse = true;
  pair.query_name = "q2";
  OwnedHits query = OwnedHits::of(pair);
  query.hits.push_back(query.hits[0]);
  query.hits[1].evalue.reset();
  query.number = 1;
  return query;
}

TEST(HitFormats, AreFoundByName) {
  for (const HitFormat& format : hit_formats()) {
    EXPECT_EQ(&find_hit_format(format.name), &format);
    EXPECT_EQ(&parse_hit_format(format.name).format, &format);
    EXPECT_EQ(format.needs_references, format.name == "sam");
  }
  const auto thrown = thrown_by([] { find_hit_format("5"); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  EXPECT_THAT(thrown.line, HasSubstr("'5'; use one of 6, 7, json, pairwise, sam, paf"));
}

TEST(HitFormats, TakeFieldsBehindTheName) {
  EXPECT_EQ(parse_hit_format(" 6  std  qlen ").fields, "std  qlen");
  EXPECT_EQ(parse_hit_format("7").fields, "");
  EXPECT_THAT(thrown_by([] { parse_hit_format("6 std staxid"); }).line, HasSubstr("'staxid'"));
  EXPECT_THAT(thrown_by([] { parse_hit_format("json std"); }).line, HasSubstr("json takes no fields (given: 'std')"));
  EXPECT_THAT(thrown_by([] { parse_hit_format(""); }).line, HasSubstr("unknown output format ''"));
}

TEST(HitJsonWriter, WritesOneDocument) {
  const HitWriterOptions options{
      .matrix = dna,
      .version = "1.2",
      .command_line = "anneal search",
      .database = "d\"b",
      .database_sequences = 3,
      .database_letters = 99,
      .parameters = {{"matrix", std::string("m")}, {"gap_open", std::int64_t{6}}, {"max_evalue", 0.1}, {"both", true}}};
  const auto document = nlohmann::json::parse(format_hits("json", {OwnedHits::of(SamplePair{}), second()}, options));
  EXPECT_EQ(document["version"], "1.2");
  EXPECT_EQ(document["command_line"], "anneal search");
  EXPECT_EQ(document["database"], nlohmann::json({{"name", "d\"b"}, {"sequences", 3}, {"letters", 99}}));
  EXPECT_EQ(document["parameters"],
            nlohmann::json({{"matrix", "m"}, {"gap_open", 6}, {"max_evalue", 0.1}, {"both", true}}));
  ASSERT_EQ(document["queries"].size(), 2u);
  EXPECT_EQ(document["queries"][0]["comment"], "a comment");
  const auto& hit = document["queries"][1]["hits"][0];
  EXPECT_EQ(hit["strand"], "-");
  EXPECT_EQ(hit["query_begin"], 1);
  EXPECT_EQ(hit["query_end"], 9);
  EXPECT_EQ(hit["target_begin"], 2);
  EXPECT_EQ(hit["cigar"], "2=1I1=1X1=1D2=");
  EXPECT_EQ(hit["query_row"], "ACGTTA-CC");
  EXPECT_EQ(hit["target_row"], "AC-TAATCC");
  EXPECT_EQ(hit["evalue"], 0.25);
  EXPECT_EQ(hit["identities"], 6);
  EXPECT_TRUE(document["queries"][1]["hits"][1]["evalue"].is_null());
}

TEST(HitJsonWriter, WritesNothingAsADocumentToo) {
  EXPECT_TRUE(nlohmann::json::parse(format_hits("json", {}, {.matrix = dna}))["queries"].empty());
  const OwnedHits without{.name = "\xff", .query = "A"};
  const auto document = nlohmann::json::parse(format_hits("json", {without}, {.matrix = dna}));
  EXPECT_EQ(document["queries"][0]["name"], "\xef\xbf\xbd");
  EXPECT_TRUE(document["queries"][0]["hits"].empty());
}

TEST(HitJsonWriter, KeepsAllDigits) {
  OwnedHits query = OwnedHits::of(SamplePair{});
  for (const double number : {0.1, 1.0 / 3, 1e-300, 5e-324, 0.0, 12345678.9}) {
    query.hits[0].evalue = query.hits[0].bits = number;
    const auto document = nlohmann::json::parse(format_hits("json", {query}, {.matrix = dna}));
    EXPECT_EQ(document["queries"][0]["hits"][0]["evalue"].get<double>(), number);
    EXPECT_EQ(document["queries"][0]["hits"][0]["bits"].get<double>(), number);
  }
  query.hits[0].bits = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(
      nlohmann::json::parse(format_hits("json", {query}, {.matrix = dna}))["queries"][0]["hits"][0]["bits"].is_null());
}

TEST(HitPairwiseWriter, WritesTablesAndAlignments) {
  const OwnedHits without{.number = 2, .name = "q3", .query = "A"};
  const std::string text = format_hits("pairwise", {OwnedHits::of(SamplePair{}), second(), without},
                                       {.matrix = dna,
                                        .version = "1",
                                        .database = "db",
                                        .database_sequences = 2,
                                        .database_letters = 22,
                                        .parameters = {{"gap_open", std::int64_t{6}}}});
  EXPECT_THAT(text, HasSubstr("Database db (2 sequences, 22 letters)\ngap_open 6\n"));
  EXPECT_THAT(text, HasSubstr("Query  q1 a comment (11 letters)\n\nHit              Bits   E-value\n"
                              "t1 a title       12.5      0.25\n"));
  EXPECT_THAT(text, HasSubstr("Target t1 a title (11 letters)\nScore 7  Bits 12.5  E-value 0.25\n"
                              "Identities 6/9 (66.7%)  Gaps 2/9 (22.2%)  Strand plus/plus\n\n"
                              "Query    3  ACGTTA-CC  10\n            || | | ||\nTarget   3  AC-TAATCC  10\n"));
  EXPECT_THAT(text, HasSubstr("Strand minus/plus\n\nQuery    9  ACGTTA-CC  2\n"));
  EXPECT_THAT(text, HasSubstr("E-value NA\n"));
  EXPECT_THAT(text, HasSubstr("Query  q3 (1 letters)\nNo hits\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(HitPairwiseWriter, HasColoursAndPositives) {
  OwnedHits query = OwnedHits::of(SamplePair{});
  query.hits[0].target_comment = std::string(80, 'x');
  const std::string text = format_hits("pairwise", {query}, {.matrix = blosum62, .color = true});
  EXPECT_THAT(text, HasSubstr("Target \x1b[1mt1 " + std::string(80, 'x') + "\x1b[0m"));
  EXPECT_THAT(text, HasSubstr("\nt1 " + std::string(57, 'x') + "  "));
  EXPECT_THAT(text, HasSubstr("Positives 6/9"));
}

TEST(HitSamWriter, MarksAllButTheBestAsSecondary) {
  const OwnedHits without{.number = 2, .name = "q3", .query = "AC"};
  OwnedHits query = second();
  query.hits[1].target_name = "t2";
  const std::string text = format_hits("sam", {query, without}, {.matrix = dna, .eqx = true, .version = "1"});
  const std::string fields = "3\t255\t2S2=1I1=1X1=1D2=1S\t*\t0\t0\tGGACGTTACCT\t*\tAS:i:7\tNM:i:3\tMD:Z:3A1^T2\t";
  EXPECT_EQ(text,
            "@HD\tVN:1.6\tSO:unsorted\tGO:query\n@SQ\tSN:t1\tLN:11\n@SQ\tSN:t2\tLN:11\n"
            "@PG\tID:anneal\tPN:anneal\tVN:1\n"
            "q2\t16\tt1\t" +
                fields +
                "EV:f:0.25\tBS:f:12.5\tPI:f:66.67\n"
                "q2\t272\tt2\t" +
                fields +
                "BS:f:12.5\tPI:f:66.67\n"
                "q3\t4\t*\t0\t0\t*\t*\t0\t0\tAC\t*\n");
}

TEST(HitPafWriter, AddsTags) {
  const OwnedHits without{.number = 1, .name = "q3", .query = "AC"};
  EXPECT_EQ(format_hits("paf", {OwnedHits::of(SamplePair{}), without}, {.matrix = dna}),
            "q1\t11\t2\t10\t+\tt1\t11\t2\t10\t6\t9\t255\tNM:i:3\tAS:i:7\tEV:f:0.25\tBS:f:12.5\tPI:f:66.67\t"
            "cg:Z:2M1I3M1D2M\n");
}

}  // namespace
}  // namespace anneal::io
