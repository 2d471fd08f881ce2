#include "io/hit_tabular_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "unit/io/owned_hits.h"
#include "unit/io/random_paths.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::OwnedHits;
using test::SamplePair;
using test::thrown_by;
using testing::HasSubstr;

const SubstitutionMatrix dna = SubstitutionMatrix::match_mismatch(1, 4);

std::string tabular(const std::vector<OwnedHits>& queries, std::string_view fields, std::string_view format = "6") {
  return test::format_hits(format, queries,
                           {.matrix = dna, .fields = std::string(fields), .version = "1.2", .database = "db.fa"});
}

TEST(HitTabularWriter, WritesTheStandardColumns) {
  EXPECT_EQ(tabular({OwnedHits::of(SamplePair{})}, ""), "q1\tt1\t66.667\t9\t1\t2\t3\t10\t3\t10\t0.25\t12.5\n");
}

TEST(HitTabularWriter, TurnsTheMinusStrandRound) {
  SamplePair pair;
  pair.reverse = true;
  EXPECT_EQ(tabular({OwnedHits::of(pair)}, "qstart qend sstart send sstrand frames qseq sseq btop cigar"),
            "2\t9\t10\t3\tminus\t1/-1\tGG-TAACGT\tGGATTA-GT\t2-A1AT1C-2\t2=1D1=1X1=1I2=\n");
}

TEST(HitTabularWriter, WritesUpperCaseAndUAsT) {
  SamplePair pair;
  pair.query = "ggacguuaccu";
  EXPECT_EQ(tabular({OwnedHits::of(pair)}, "qseq btop"), "ACGTTA-CC\t2G-1TA1-T2\n");
}

TEST(HitTabularWriter, CountsEqualAmbiguousLettersAsIdenticalAndNoScoreAsNA) {
  OwnedHits query{.name = "q", .query = "ACNR", .hits = {{}}};
  query.hits[0] = {
      .alignment =
          {.score = 1, .query_begin = 0, .query_end = 4, .target_begin = 0, .target_end = 4, .status = Status::aligned},
      .cigar = test::parse_cigar("2=2X"),
      .target_name = "t",
      .target = "ACNA",
      .aligned_query = "ACNR"};
  EXPECT_EQ(tabular({query}, "nident mismatch btop evalue"), "3\t1\t3RA\tNA\n");
}

TEST(HitTabularWriter, NamesWhatHasNoName) {
  OwnedHits query = OwnedHits::of(SamplePair{});
  query.number = 4;
  query.name.clear();
  query.hits[0].target_name.clear();
  query.hits[0].target_comment = "tab\there";
  EXPECT_EQ(tabular({query}, "qseqid sseqid stitle"), "Query_5\tunnamed\ttab here\n");
}

TEST(HitTabularWriter, WritesComments) {
  OwnedHits without{.number = 1, .name = "q2", .query = "AC"};
  EXPECT_EQ(tabular({OwnedHits::of(SamplePair{}), without}, "qseqid btop cigar", "7"),
            "# anneal 1.2 (BLAST tabular)\n# Query: q1 a comment\n# Database: db.fa\n"
            "# Fields: query id, BTOP, CIGAR\n# 1 hits found\nq1\t2G-1TA1-T2\t2=1I1=1X1=1D2=\n"
            "# anneal 1.2 (BLAST tabular)\n# Query: q2\n# Database: db.fa\n# 0 hits found\n"
            "# BLAST processed 2 queries\n");
}

TEST(HitTabularWriter, RefusesUnknownFieldsAndListsThoseKnown) {
  const auto thrown = thrown_by([] { tabular({}, "std staxids"); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  EXPECT_THAT(thrown.line, HasSubstr("unknown field 'staxids'"));
  for (const BlastField& field : blast_fields()) EXPECT_THAT(thrown.line, HasSubstr(std::string(field.name)));
}

std::string without_gaps(std::string row) {
  std::erase(row, '-');
  return row;
}

// The row of the target, from that of the query and BTOP.
std::string apply_btop(std::string_view query, std::string_view btop) {
  std::string target;
  std::size_t column = 0;
  for (std::size_t i = 0; i < btop.size();) {
    std::size_t run = 0;
    const std::size_t begin = i;
    while (i < btop.size() && btop[i] >= '0' && btop[i] <= '9')
      run = run * 10 + static_cast<std::size_t>(btop[i++] - '0');
    target += query.substr(column, run);
    column += run;
    if (i > begin) continue;
    EXPECT_EQ(query.at(column++), btop[i]);
    target += btop.at(i + 1);
    i += 2;
  }
  return target;
}

std::string cigar_of_rows(std::string_view query, std::string_view target) {
  std::string letters;
  for (std::size_t i = 0; i < query.size(); ++i) {
    letters += query[i] == '-' ? 'D' : target[i] == '-' ? 'I' : query[i] == target[i] ? '=' : 'X';
  }
  std::vector<CigarOp> cigar;
  for (std::size_t i = 0; i < letters.size();) {
    const std::size_t end = std::min(letters.find_first_not_of(letters[i], i), letters.size());
    cigar.push_back(test::parse_cigar(std::to_string(end - i) + letters[i])[0]);
    i = end;
  }
  return to_string(cigar);
}

TEST(HitTabularWriter, ItsColumnsAgreeOnRandomPaths) {
  test::RandomPaths random(3);
  for (int number = 0; number < 500; ++number) {
    const SamplePair pair = random.next(number);
    const OwnedHits query = OwnedHits::of(pair);
    const BlastAlignment alignment = [&] {
      const Hit hit{.alignment = pair.alignment,
                    .cigar = pair.cigar,
                    .target = {pair.target_name, {}, pair.target},
                    .reverse = pair.reverse,
                    .aligned_query = pair.query};
      return lay_out_as_blast({0, {pair.query_name, {}, query.query}, {&hit, 1}}, hit, dna);
    }();
    const auto begin = static_cast<std::size_t>(alignment.query_start - 1);
    const auto length = static_cast<std::size_t>(alignment.query_end) - begin;
    EXPECT_EQ(without_gaps(alignment.query), query.query.substr(begin, length));
    const auto first = static_cast<std::size_t>(std::min(alignment.target_start, alignment.target_end) - 1);
    const auto last = static_cast<std::size_t>(std::max(alignment.target_start, alignment.target_end));
    const std::string target = pair.target.substr(first, last - first);
    EXPECT_EQ(without_gaps(alignment.target), pair.reverse ? test::reverse_complement_of(target) : target);
    std::string btop;
    append_btop(btop, alignment);
    EXPECT_EQ(apply_btop(alignment.query, btop), alignment.target);
    EXPECT_EQ(cigar_of_rows(alignment.query, alignment.target), to_string(alignment.cigar));
    EXPECT_EQ(alignment.identical + alignment.mismatches() + alignment.gaps, alignment.columns());
  }
}

}  // namespace
}  // namespace anneal::io
