#include "io/intervals/gff_conversion.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "io/intervals/columns.h"
#include "io/intervals/format.h"
#include "io/intervals/gff_lines.h"
#include "io/intervals/line_format.h"
#include "io/memory_source.h"

namespace anneal::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

template <typename Work>
void for_records(const std::vector<std::string>& lines, Work work) {
  std::vector<std::string_view> columns;
  bool is_over = false;
  for (const std::string& line : lines) {
    const LineKind kind = gff_lines.kind_of(line);
    is_over |= kind == LineKind::tail;
    const bool is_record = !is_over && kind == LineKind::record;
    if (is_record) split_columns(line, columns);
    work(line, is_record, Columns(columns));
  }
}

std::string converted(std::string_view text, GffDialect target) {
  const std::vector<std::string> lines = lines_of(text);
  GffLineConverter converter(target);
  for_records(lines, [&](const std::string&, bool is_record, Columns columns) {
    if (is_record) converter.learn(columns);
  });
  std::string result(converter.head());
  for_records(lines, [&](const std::string& line, bool is_record, Columns columns) {
    is_record ? converter.append_record(result, columns) : converter.append_other(result, line);
  });
  return result;
}

std::vector<GffRecord> records_of(std::string_view text, GffDialect dialect) {
  std::vector<GffRecord> records;
  for_records(lines_of(text), [&](const std::string&, bool is_record, Columns columns) {
    if (is_record) parse_record(columns, records.emplace_back(), dialect);
  });
  return records;
}

std::string text_of(const std::vector<GffRecord>& records) {
  std::string text;
  for (const GffRecord& record : records) append_record(text, record);
  return text;
}

// A line that has its place, and its attributes behind it.
std::string row(std::string_view type, int begin, int end, std::string_view attributes) {
  return fmt::format("c\ts\t{}\t{}\t{}\t.\t+\t.\t{}\n", type, begin, end, attributes);
}

std::string refusal(std::string_view text, GffDialect target) {
  try {
    return "not refused: " + converted(text, target);
  } catch (const ColumnError& error) {
    EXPECT_EQ(error.column(), 9u);
    return error.what();
  }
}

// Attributes of a record, as pairs whose order does not matter.
using Pairs = std::multiset<std::pair<std::string, std::string>>;
Pairs pairs_of(const GffRecord& record) {
  Pairs pairs;
  for (const GffAttribute& attribute : record.attributes) {
    for (const std::string& value : attribute.values) pairs.insert({attribute.key, value});
  }
  return pairs;
}

using Comparable = std::tuple<std::string, std::string, std::string, std::int64_t, std::int64_t, std::optional<double>,
                              char, std::optional<int>, Pairs>;
Comparable comparable(const GffRecord& r) {
  return {r.contig, r.source, r.type, r.begin, r.end, r.score, r.strand, r.phase, pairs_of(r)};
}

void expect_same(const std::vector<GffRecord>& actual, const std::vector<GffRecord>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) ASSERT_EQ(comparable(actual[i]), comparable(expected[i]));
}

// Genes with transcripts and their parts, on a few contigs.
class Annotation {
 public:
  explicit Annotation(unsigned seed) : generator_(seed) {}

  std::vector<GffRecord> gtf() {
    std::vector<GffRecord> records;
    for (std::int64_t gene = 1 + below(8); gene > 0; --gene) add_gene(records);
    return records;
  }

  void shuffle(std::vector<GffRecord>& records) { std::ranges::shuffle(records, generator_); }
  std::int64_t below(std::int64_t count) {
    return std::uniform_int_distribution<std::int64_t>(0, count - 1)(generator_);
  }

 private:
  std::string text(std::string_view letters) {
    std::string text;
    for (std::int64_t size = below(8); size > 0; --size)
      text += letters[static_cast<std::size_t>(below(std::ssize(letters)))];
    return text;
  }

  // Often the name of another gene, transcript or both, on this contig or another; never of one of the same kind here.
  std::string new_name(char kind, const std::string& contig) {
    while (true) {
      std::string name = fmt::format("{}{}", below(4) == 0 ? "gene:" : below(4) == 0 ? "a;b=\"c\\," : "n", below(30));
      if (names_.insert(fmt::format("{}{}\t{}", kind, contig, name)).second) return name;
    }
  }

  GffRecord line(const GffRecord& whole, std::string type, std::vector<GffAttribute> attributes) {
    GffRecord record{.contig = whole.contig, .source = "a%20b", .type = std::move(type)};
    record.begin = whole.begin + below(whole.end - whole.begin);
    record.end = record.begin + 1 + below(whole.end - record.begin);
    if (below(2) == 0) record.score = static_cast<double>(below(1000)) / 8;
    record.strand = whole.strand;
    if (record.type == "CDS") record.phase = static_cast<int>(below(3));
    for (std::int64_t count = below(5); count > 0; --count) {
      const std::string_view keys[] = {"tag", "gene_name", "note", "level", "%41"};
      attributes.push_back({.key = std::string(keys[below(5)]), .values = {text("ab;=\"\\ ,%&41")}});
    }
    record.attributes = std::move(attributes);
    record.dialect = GffDialect::gtf;
    return record;
  }

  void add_gene(std::vector<GffRecord>& records) {
    GffRecord gene{.contig = fmt::format("chr{}", below(3)), .begin = below(1000), .strand = "+-"[below(2)]};
    gene.end = gene.begin + 1 + below(5000);
    const GffAttribute gene_id{.key = "gene_id", .values = {new_name('g', gene.contig)}};
    std::vector<GffAttribute> attributes{gene_id};
    if (below(4) == 0) attributes.push_back({.key = "transcript_id", .values = {text("xy")}});
    records.push_back(line(gene, "gene", attributes));
    for (std::int64_t count = below(4); count > 0; --count) {
      const GffAttribute transcript_id{.key = "transcript_id", .values = {new_name('t', gene.contig)}};
      const char* const types[] = {"transcript", "mRNA", "lnc_RNA", "processed_pseudogene"};
      records.push_back(line(gene, types[below(4)], {gene_id, transcript_id}));
      for (std::int64_t part = below(6); part > 0; --part) {
        const char* const parts[] = {"exon", "CDS", "start_codon", "stop_codon", "five_prime_utr", "Selenocysteine"};
        records.push_back(line(gene, parts[below(6)], {transcript_id, gene_id}));
      }
    }
  }

  std::mt19937 generator_;
  std::set<std::string> names_;
};

// What GFF3 demands of its ninth column.
void expect_valid_gff3(const std::vector<GffRecord>& records) {
  std::map<std::string, std::pair<std::string, std::string>> features;
  for (const GffRecord& record : records) {
    if (const GffAttribute* const id = record.find("ID"); id != nullptr) {
      ASSERT_EQ(id->values.size(), 1u);
      const std::pair what(record.type, record.contig);
      EXPECT_EQ(features.try_emplace(id->values[0], what).first->second, what) << id->values[0];
    }
    std::set<std::string> keys;
    for (const GffAttribute& attribute : record.attributes) EXPECT_TRUE(keys.insert(attribute.key).second);
  }
  for (const GffRecord& record : records) {
    const GffAttribute* const parent = record.find("Parent");
    if (parent == nullptr) continue;
    ASSERT_EQ(parent->values.size(), 1u);
    ASSERT_TRUE(features.contains(parent->values[0])) << parent->values[0];
    EXPECT_EQ(features[parent->values[0]].second, record.contig);
  }
}

TEST(GtfToGff3, GivesIdsAndParents) {
  const std::string gtf = "#!build x\n##gff-version 2\n" +
                          row("gene", 1, 90, R"(gene_id "g"; gene_name "a;b, c"; level 2;)") +
                          row("transcript", 1, 90, R"(gene_id "g"; transcript_id "t"; tag "x"; tag "y";)") +
                          row("CDS", 1, 30, R"(gene_id "g"; transcript_id "t"; note "a=\"1\" & 5%";)") + "###\n# end\n";
  EXPECT_EQ(converted(gtf, GffDialect::gff3), "##gff-version 3\n#!build x\n" +
                                                  row("gene", 1, 90, "ID=g;gene_name=a%3Bb%2C c;level=2") +
                                                  row("transcript", 1, 90, "ID=t;Parent=g;tag=x,y") +
                                                  row("CDS", 1, 30, "Parent=t;note=a%3D\"1\" %26 5%25") + "# end\n");
}

TEST(GtfToGff3, MakesTheLinesThatAreMissing) {
  const std::string gtf = row("exon", 50, 90, R"(gene_id "g"; transcript_id "t";)") +
                          row("exon", 20, 30, R"(gene_id "g"; transcript_id "t";)") +
                          row("exon", 5, 30, R"(gene_id "g"; transcript_id "u";)") +
                          row("exon", 7, 8, R"(gene_id "h"; transcript_id "";)") +
                          row("exon", 8, 9, R"(gene_id ""; transcript_id ""; k "v")") + row("exon", 9, 9, ".");
  EXPECT_EQ(converted(gtf, GffDialect::gff3),
            "##gff-version 3\n" + row("gene", 5, 90, "ID=g") + row("transcript", 20, 90, "ID=t;Parent=g") +
                row("exon", 50, 90, "Parent=t") + row("exon", 20, 30, "Parent=t") +
                row("transcript", 5, 30, "ID=u;Parent=g") + row("exon", 5, 30, "Parent=u") + row("gene", 7, 8, "ID=h") +
                row("exon", 7, 8, "Parent=h") + row("exon", 8, 9, "k=v") + row("exon", 9, 9, "."));
}

TEST(GtfToGff3, GivesEachFeatureAnIdOfItsOwn) {
  const std::string gtf = row("transcript", 1, 9, R"(gene_id "x"; transcript_id "x"; ID "i"; Parent "p";)") +
                          row("exon", 1, 9, R"(gene_id "x"; transcript_id "x"; ID "i";)") + "d" +
                          row("transcript", 1, 9, R"(gene_id "x"; transcript_id "x";)");
  EXPECT_EQ(converted(gtf, GffDialect::gff3),
            "##gff-version 3\n" + row("gene", 1, 9, "ID=x") +
                row("transcript", 1, 9, "ID=transcript:x;Parent=x;transcript_id=x;id=i;parent=p") +
                row("exon", 1, 9, "Parent=transcript:x;id=i") + "d" + row("gene", 1, 9, "ID=gene:x;gene_id=x") + "d" +
                row("transcript", 1, 9, "ID=transcript:x_2;Parent=gene:x;transcript_id=x"));
}

TEST(GtfToGff3, RefusesWhatContradictsItself) {
  EXPECT_THAT(refusal(row("exon", 1, 9, R"(gene_id "g"; transcript_id "t";)") +
                          row("exon", 1, 9, R"(gene_id "h"; transcript_id "t";)"),
                      GffDialect::gff3),
              HasSubstr("transcript 't' is of another gene"));
  EXPECT_THAT(refusal(row("exon", 1, 9, R"(gene_id "g"; gene_id "h";)"), GffDialect::gff3),
              HasSubstr("gene_id more than once"));
  EXPECT_THAT(refusal(row("exon", 1, 9, R"(gene_id "g";)") + row("exon", 1, 9, "ID=a b"), GffDialect::gff3),
              HasSubstr("it is GFF3, and the lines before are GTF"));
}

TEST(Gff3ToGtf, FollowsParents) {
  const std::string gff3 = "##gff-version 3\n##sequence-region c 1 90\n" + row("exon", 1, 30, "ID=e;Parent=t,u") +
                           row("mRNA", 1, 90, "ID=t;Parent=g;Name=T") + row("mRNA", 1, 80, "ID=u;Parent=g") +
                           row("gene", 1, 90, "ID=g;Alias=x,y;Note=a%3B\"b\"%09%25") + "###\n" +
                           row("region", 1, 99, "ID=r;k%20l=1") + "##FASTA\n>c\nACGT\n";
  EXPECT_EQ(converted(gff3, GffDialect::gtf),
            "##sequence-region c 1 90\n" + row("exon", 1, 30, R"(gene_id "g"; transcript_id "t"; ID "e";)") +
                row("exon", 1, 30, R"(gene_id "g"; transcript_id "u"; ID "e";)") +
                row("mRNA", 1, 90, R"(gene_id "g"; transcript_id "t"; Name "T";)") +
                row("mRNA", 1, 80, R"(gene_id "g"; transcript_id "u";)") +
                row("gene", 1, 90, R"(gene_id "g"; Alias "x"; Alias "y"; Note "a;\"b\"%09%";)") +
                row("region", 1, 99, R"(gene_id ""; transcript_id ""; ID "r"; k%20l "1";)"));
}

TEST(Gff3ToGtf, TakesTheNamesThatGtfHas) {
  const std::string gff3 = row("ncRNA_gene", 1, 90, "ID=gene:G;gene_id=G") +
                           row("lnc_RNA", 1, 90, "ID=transcript:T;Parent=gene:G;transcript_id=T") +
                           row("exon", 1, 30, "Parent=transcript:T;gene_id=other;transcript_id=other") +
                           row("lnc_RNA", 1, 90, "ID=transcript:T2;Parent=gene:G;transcript_id=T") +
                           row("mRNA", 1, 9, "ID=a;geneID=b") + row("CDS", 1, 9, "Parent=a") +
                           row("tRNA", 1, 9, "ID=c") + row("exon", 1, 9, "Parent=c") +
                           row("exon", 1, 9, "gene_id=f;transcript_id=h");
  EXPECT_EQ(converted(gff3, GffDialect::gtf),
            row("ncRNA_gene", 1, 90, R"(gene_id "G";)") + row("lnc_RNA", 1, 90, R"(gene_id "G"; transcript_id "T";)") +
                row("exon", 1, 30, R"(gene_id "G"; transcript_id "T";)") +
                row("lnc_RNA", 1, 90, R"(gene_id "G"; transcript_id "transcript:T2";)") +
                row("mRNA", 1, 9, R"(gene_id "b"; transcript_id "a"; geneID "b";)") +
                row("CDS", 1, 9, R"(gene_id "b"; transcript_id "a";)") +
                row("tRNA", 1, 9, R"(gene_id "c"; transcript_id "c";)") +
                row("exon", 1, 9, R"(gene_id "c"; transcript_id "c";)") +
                row("exon", 1, 9, R"(gene_id "f"; transcript_id "h";)"));
}

TEST(Gff3ToGtf, KnowsGenesAndTranscriptsInAnyHierarchy) {
  const std::string gff3 = row("operon", 1, 99, "ID=o") + row("gene", 1, 90, "ID=g;Parent=o") +
                           row("primary_transcript", 1, 90, "ID=p;Parent=g") + row("miRNA", 1, 9, "ID=m;Parent=p") +
                           row("exon", 1, 9, "Parent=m") + row("exon", 1, 90, "Parent=p") + row("gene", 1, 9, "ID=b") +
                           row("CDS", 1, 9, "ID=x;Parent=b") + row("mature_protein_region", 1, 6, "Parent=x") +
                           row("pseudogene", 1, 9, "ID=q;Parent=b") + row("exon", 1, 9, "Parent=q") +
                           row("variant", 1, 9, "ID=v;Parent=b") + row("exon", 1, 9, "Parent=v") +
                           row("match", 1, 9, "ID=n") + row("match_part", 1, 9, "Parent=n");
  std::vector<std::pair<std::string, std::string>> names;
  for (const GffRecord& record : records_of(converted(gff3, GffDialect::gtf), GffDialect::gtf)) {
    const GffAttribute* const transcript = record.find("transcript_id");
    names.emplace_back(record.find("gene_id")->values[0], transcript == nullptr ? "-" : transcript->values[0]);
  }
  using Name = std::pair<std::string, std::string>;
  EXPECT_THAT(names, ElementsAre(Name("", ""), Name("g", "-"), Name("g", "p"), Name("g", "m"), Name("g", "m"),
                                 Name("g", "p"), Name("b", "-"), Name("b", "b"), Name("b", "b"), Name("b", "q"),
                                 Name("b", "q"), Name("b", "v"), Name("b", "v"), Name("", ""), Name("", "")));
}

TEST(Gff3ToGtf, RefusesWhatItCannotFollow) {
  EXPECT_THAT(refusal(row("mRNA", 1, 9, "ID=t") + row("exon", 1, 9, "Parent=u"), GffDialect::gtf),
              HasSubstr("its Parent 'u' is the ID of no line; add that line"));
  EXPECT_THAT(refusal(row("mRNA", 1, 9, "ID=t;Parent=u") + row("exon", 1, 9, "Parent=t"), GffDialect::gtf),
              HasSubstr("its Parent 'u' is the ID of no line"));
  EXPECT_THAT(refusal(row("mRNA", 1, 9, "ID=t;Parent=u") + row("mRNA", 1, 9, "ID=u;Parent=t"), GffDialect::gtf),
              HasSubstr("round in a circle"));
  EXPECT_THAT(refusal(row("gene", 1, 9, "ID=t;gene_id=u") + row("gene", 1, 9, "ID=u"), GffDialect::gtf),
              HasSubstr("the ID 'u' is the gene_id of another line"));
}

TEST(Gff3ToGtf, WritesWhatIsNoCommentOfGtf) {
  for (const char* const contig : {"%23a", "%3Ea", "%23#FASTA", "a%09b"}) {
    const std::string line = contig + row("gene", 1, 9, "ID=g").substr(1);
    EXPECT_EQ(converted(line, GffDialect::gtf), contig + row("gene", 1, 9, "gene_id \"g\";").substr(1));
  }
}

// 2^30 ways lead from the last one to the first.
TEST(Gff3ToGtf, HasNoMoreWorkForManyWays) {
  std::string gff3 = row("gene", 1, 9, "ID=a0") + row("match", 1, 9, "ID=b0;Parent=a0");
  for (int i = 1; i <= 30; ++i) {
    gff3 += row("match", 1, 9, fmt::format("ID=a{};Parent=a{},b{}", i, i - 1, i - 1));
    gff3 += row("match", 1, 9, fmt::format("ID=b{};Parent=a{},b{}", i, i - 1, i - 1));
  }
  EXPECT_LT(lines_of(converted(gff3, GffDialect::gtf)).size(), 2000u);
}

TEST(GffDialects, AreTheSameThereAndBack) {
  std::size_t same_names = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Annotation annotation(seed);
    std::vector<GffRecord> gtf = annotation.gtf();
    if (seed % 2 == 1) annotation.shuffle(gtf);
    const std::string gff3 = converted(text_of(gtf), GffDialect::gff3);
    const std::vector<GffRecord> between = records_of(gff3, GffDialect::gff3);
    expect_valid_gff3(between);
    same_names += gff3.find("transcript_id=") != std::string::npos;
    expect_same(records_of(converted(gff3, GffDialect::gtf), GffDialect::gtf), gtf);
  }
  EXPECT_GT(same_names, 50u);
}

// Old GTF has no lines of genes and transcripts: those that were there are made again, as far as their parts say it.
TEST(GffDialects, MakeWhatGtfLacks) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Annotation annotation(seed);
    const std::vector<GffRecord> all = annotation.gtf();
    std::vector<GffRecord> parts;
    std::map<std::tuple<std::string, std::string, std::string>, std::pair<std::int64_t, std::int64_t>> extents;
    for (const GffRecord& record : all) {
      if (record.type == "gene" || record.type == "transcript") continue;
      parts.push_back(record);
      for (const char* const key : {"gene_id", "transcript_id"}) {
        const auto [found, is_new] =
            extents.try_emplace({key, record.contig, record.find(key)->values[0]}, std::pair(record.begin, record.end));
        found->second = {std::min(found->second.first, record.begin), std::max(found->second.second, record.end)};
      }
    }
    const std::string gff3 = converted(text_of(parts), GffDialect::gff3);
    expect_valid_gff3(records_of(gff3, GffDialect::gff3));
    std::vector<GffRecord> rest;
    for (const GffRecord& record : records_of(converted(gff3, GffDialect::gtf), GffDialect::gtf)) {
      if (record.type != "gene" && record.type != "transcript") {
        rest.push_back(record);
        continue;
      }
      const std::string key = record.type + "_id";
      EXPECT_EQ(extents.at({key, record.contig, record.find(key)->values[0]}), std::pair(record.begin, record.end));
    }
    expect_same(rest, parts);
  }
}

TEST(GffDialects, AreSeenBehindManyComments) {
  std::string comments;
  while (comments.size() < 300000) comments += "##sequence-region c 1 90\n";
  const auto dialect = [&](const std::string& text) {
    DetectedDialect detected = detect_dialect(std::make_unique<MemorySource>("'x'", text));
    std::string again(text.size() + 1, '\0');
    std::size_t size = 0;
    while (const std::size_t count = detected.source->read(std::span(again).subspan(size))) size += count;
    EXPECT_EQ(again.substr(0, size), text);
    return detected.dialect;
  };
  EXPECT_EQ(dialect(comments + row("exon", 1, 2, ".") + row("exon", 1, 2, "gene_id \"a\"")), GffDialect::gtf);
  EXPECT_EQ(dialect(comments + row("exon", 1, 2, "ID=a")), GffDialect::gff3);
  EXPECT_EQ(dialect("##gff-version 3\n" + row("exon", 1, 2, "gene_id \"a\"")), GffDialect::gff3);
  EXPECT_EQ(dialect(comments + row("exon", 1, 2, ".")), std::nullopt);
}

}  // namespace
}  // namespace anneal::io
