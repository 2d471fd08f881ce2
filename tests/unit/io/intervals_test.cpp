#include "anneal/io/intervals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>

#include "unit/base/temporary_folder.h"
#include "unit/io/compress.h"
#include "unit/io/fed_pipe.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;
using test::thrown_by;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Random {
 public:
  std::int64_t below(std::int64_t count) {
    return std::uniform_int_distribution<std::int64_t>(0, count - 1)(generator_);
  }
  // Of bytes that a column of its own may have.
  std::string text(std::string_view letters) {
    std::string text;
    for (std::int64_t size = 1 + below(12); size > 0; --size)
      text += letters[static_cast<std::size_t>(below(static_cast<std::int64_t>(letters.size())))];
    return text;
  }
  std::optional<double> score() {
    return below(3) == 0 ? std::nullopt : std::optional(static_cast<double>(below(1000000)) / 1000 - 300);
  }

  BedRecord bed() {
    const int counts[] = {3, 4, 5, 6, 7, 8, 9, 12};
    BedRecord record{.contig = "chr" + text("123:"), .begin = below(1 << 30), .columns = counts[below(8)]};
    record.end = record.begin + below(5000);
    if (record.columns >= 4) record.name = text("abc =;%\"");
    if (record.columns >= 5) record.score = score();
    if (record.columns >= 6) record.strand = "+-."[below(3)];
    if (record.columns >= 7) record.thick_begin = below(100);
    if (record.columns >= 8) record.thick_end = below(100);
    if (record.columns >= 9) record.color = "255,0,0";
    if (record.columns == 12) {
      for (std::int64_t i = below(4); i > 0; --i) {
        const std::int64_t begin = below(record.end - record.begin + 1);
        record.blocks.push_back({begin, below(record.end - record.begin - begin + 1)});
      }
    }
    return record;
  }

  GffRecord gff(GffDialect dialect) {
    const bool is_gtf = dialect == GffDialect::gtf;
    GffRecord record{.contig = text("ab>%1 "), .source = text("ab"), .type = "exon", .begin = below(1 << 30)};
    if (is_gtf) record.contig = "chr1";
    record.end = record.begin + 1 + below(5000);
    record.score = score();
    record.strand = "+-.?"[below(4)];
    if (below(2) == 0) record.phase = static_cast<int>(below(3));
    for (std::int64_t i = below(4) + (is_gtf ? 1 : 0); i > 0; --i) {
      GffAttribute attribute{.key = is_gtf ? text("abc_") : text("ab;=&,%c"), .values = {}};
      for (std::int64_t count = is_gtf ? 1 : 1 + below(3); count > 0; --count) {
        attribute.values.push_back(is_gtf ? text("ab;=\"\\ ,") : text("ab;=&,%\t\n c"));
      }
      record.attributes.push_back(attribute);
    }
    record.dialect = record.attributes.empty() ? GffDialect::gff3 : dialect;
    return record;
  }

  PafRecord paf() {
    PafRecord record{.query = text("ab/1"), .query_length = 1 + below(1000)};
    record.query_begin = below(record.query_length);
    record.query_end = record.query_begin + below(record.query_length - record.query_begin + 1);
    record.strand = "+-"[below(2)];
    record.target = text("xy|");
    record.target_length = 1 + below(std::int64_t{1} << 33);
    record.target_begin = below(record.target_length);
    record.target_end = record.target_begin + below(record.target_length - record.target_begin + 1);
    record.matches = below(1000);
    record.columns = below(1000);
    record.mapping_quality = static_cast<int>(below(256));
    if (below(2) == 0) record.tags = {{"NM", 'i', "3"}, {"cg", 'Z', "10M2I"}, {"zd", 'Z', ""}};
    return record;
  }

 private:
  std::mt19937 generator_{17};
};

class Intervals : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string contents(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  template <typename Record>
  void write(const std::string& name, const std::vector<Record>& records) const {
    IntervalWriter<Record> writer(path(name));
    for (const Record& record : records) writer.write(record);
    writer.commit();
  }
  template <typename Record>
  std::vector<Record> read(const std::string& name) const {
    IntervalReader<Record> reader(path(name));
    std::vector<Record> records;
    for (const Record& record : reader) records.push_back(record);
    return records;
  }
  template <typename Record>
  void expect_same(const std::vector<Record>& records) const {
    for (const char* const name : {"x.txt", "x.gz"}) {
      write(name, records);
      EXPECT_EQ(read<Record>(name), records);
    }
    EXPECT_TRUE(contents("x.gz").starts_with("\x1f\x8b"));
    folder_.write("packed", test::zstd(contents("x.txt")));
    EXPECT_EQ(read<Record>("packed"), records);
  }
  // What a text is refused by.
  template <typename Record>
  std::string refusal(std::string_view text) const {
    folder_.write("bad", text);
    const test::Thrown error = thrown_by([this] { read<Record>("bad"); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input);
    return error.line;
  }
  // A cut at a line's end leaves a shorter file.
  template <typename Record>
  void expect_cut_lines_are_refused(const std::vector<Record>& records) const {
    write("whole", records);
    const std::string whole = contents("whole");
    for (std::size_t size = 1; size <= whole.size(); ++size) {
      folder_.write("part", whole.substr(0, size));
      const test::FedPipe pipe(std::string_view(whole).substr(0, size));
      for (const std::string& part : {path("part"), pipe.path()}) {
        const auto read_all = [&] {
          for (IntervalReader<Record> reader(part); const Record& record : reader) static_cast<void>(record);
        };
        if (whole[size - 1] == '\n') {
          EXPECT_NO_THROW(read_all()) << size;
        } else {
          EXPECT_THAT(thrown_by(read_all).line, HasSubstr("ends within a line")) << size;
        }
      }
    }
    for (const std::string& packed :
         {test::zstd(whole.substr(0, whole.size() - 1)), test::gzip(whole.substr(0, whole.size() - 1))}) {
      folder_.write("packed", packed);
      EXPECT_THAT(thrown_by([this] { read<Record>("packed"); }).line, HasSubstr("ends within a line"));
    }
  }
  test::TemporaryFolder folder_;
};

TEST_F(Intervals, OfBedAreReadAsTheyWereWritten) {
  Random random;
  std::vector<BedRecord> records;
  for (int i = 0; i < 1000; ++i) records.push_back(random.bed());
  expect_same(records);
}

TEST_F(Intervals, OfGff3AreReadAsTheyWereWritten) {
  Random random;
  std::vector<GffRecord> records;
  for (int i = 0; i < 1000; ++i) records.push_back(random.gff(GffDialect::gff3));
  expect_same(records);
  EXPECT_TRUE(contents("x.txt").starts_with("##gff-version 3\n"));
}

TEST_F(Intervals, OfGtfAreReadAsTheyWereWritten) {
  Random random;
  std::vector<GffRecord> records;
  for (int i = 0; i < 1000; ++i) records.push_back(random.gff(GffDialect::gtf));
  expect_same(records);
}

TEST_F(Intervals, OfPafAreReadAsTheyWereWritten) {
  Random random;
  std::vector<PafRecord> records;
  for (int i = 0; i < 1000; ++i) records.push_back(random.paf());
  expect_same(records);
}

TEST_F(Intervals, OfBedHaveTheirColumns) {
  folder_.write("x.bed",
                "browser position chr1\ntrack name=x\n# comment\n\nchr1\t10\t20\r\n"
                "track\t1\t2\nchr2\t0\t100\tgene\t5.5\t-\t10\t90\t0\t2\t10,20,\t0,80\n");
  const auto records = read<BedRecord>("x.bed");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0], (BedRecord{.contig = "chr1", .begin = 10, .end = 20}));
  EXPECT_EQ(records[1].contig, "track");
  EXPECT_EQ(records[2].score, 5.5);
  EXPECT_EQ(records[2].strand, '-');
  EXPECT_THAT(records[2].blocks, ElementsAre(BedBlock{0, 10}, BedBlock{80, 20}));
}

TEST_F(Intervals, OfGffHaveTheirAttributes) {
  folder_.write("x.gff",
                "##gff-version 3\n###\n"
                "chr%201\tsrc\tgene\t11\t20\t.\t+\t0\tID=g%3B1;Alias=a,b%2Cc;Note=;\n"
                "##FASTA\n>chr 1\nACGT\n");
  folder_.write(
      "x.gtf",
      "chr1\tsrc\texon\t11\t20\t0.5\t-\t.\tgene_id \"g 1; \\\"x\\\"\"; exon_number 3; tag \"a\"; tag \"b\";\n");
  const auto gff = read<GffRecord>("x.gff");
  ASSERT_EQ(gff.size(), 1u);
  EXPECT_EQ(gff[0].contig, "chr 1");
  EXPECT_EQ(gff[0].begin, 10);
  EXPECT_EQ(gff[0].end, 20);
  EXPECT_EQ(gff[0].phase, 0);
  EXPECT_THAT(gff[0].attributes, ElementsAre(GffAttribute{"ID", {"g;1"}}, GffAttribute{"Alias", {"a", "b,c"}},
                                             GffAttribute{"Note", {""}}));
  ASSERT_NE(gff[0].find("Alias"), nullptr);
  EXPECT_EQ(gff[0].find("absent"), nullptr);
  const auto gtf = read<GffRecord>("x.gtf");
  ASSERT_EQ(gtf.size(), 1u);
  EXPECT_EQ(gtf[0].dialect, GffDialect::gtf);
  EXPECT_THAT(gtf[0].attributes,
              ElementsAre(GffAttribute{"gene_id", {"g 1; \"x\""}}, GffAttribute{"exon_number", {"3"}},
                          GffAttribute{"tag", {"a"}}, GffAttribute{"tag", {"b"}}));
}

TEST_F(Intervals, OfGffHaveTheDialectOfTheirFirstAttribute) {
  folder_.write("x.gff",
                "c%20d\ts\tt\t1\t5\t.\t+\t.\t; ;\nc\ts\tt\t1\t5\t.\t+\t.\t; ID=a b\nc\ts\tt\t1\t5\t.\t+\t.\t;id a=b\n");
  const auto records = read<GffRecord>("x.gff");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].contig, "c d");
  EXPECT_TRUE(records[0].attributes.empty());
  EXPECT_EQ(records[0].dialect, GffDialect::gff3);
  EXPECT_THAT(records[1].attributes, ElementsAre(GffAttribute{"ID", {"a b"}}));
  EXPECT_EQ(records[1].dialect, GffDialect::gff3);
  EXPECT_THAT(records[2].attributes, ElementsAre(GffAttribute{"id", {"a=b"}}));
  EXPECT_EQ(records[2].dialect, GffDialect::gtf);
}

TEST_F(Intervals, OfPafHaveTheirTags) {
  folder_.write("x.paf", "q\t10\t0\t9\t-\tt\t100\t5\t14\t8\t9\t60\tNM:i:1\tcg:Z:9M\n");
  const auto records = read<PafRecord>("x.paf");
  ASSERT_EQ(records.size(), 1u);
  ASSERT_NE(records[0].find("cg"), nullptr);
  EXPECT_EQ(records[0].find("cg")->value, "9M");
  EXPECT_EQ(records[0].find("xx"), nullptr);
}

TEST_F(Intervals, NameTheLineAndTheColumnThatAreWrong) {
  const std::string bed = "# x\nchr1\t1\t2\n", place = "line 3 of '" + path("bad") + "', column ";
  EXPECT_THAT(refusal<BedRecord>(bed + "chr1\t1\n"), HasSubstr(place + "2: the line has 2 columns"));
  EXPECT_THAT(refusal<BedRecord>(bed + "chr1 1 2\n"), HasSubstr("separate them by tabs"));
  EXPECT_THAT(refusal<BedRecord>(bed + "chr1\tx\t2\n"), HasSubstr(place + "2: 'x' is no whole number"));
  EXPECT_THAT(refusal<BedRecord>(bed + "chr1\t5\t2\n"), HasSubstr(place + "3: '2' is no whole number of at least 5"));
  EXPECT_THAT(refusal<BedRecord>(bed + "chr1\t-1\t2\n"), HasSubstr(place + "2:"));
  EXPECT_THAT(refusal<BedRecord>(bed + "\t1\t2\n"), HasSubstr(place + "1: it is empty"));
  EXPECT_THAT(refusal<BedRecord>(bed + "c\t1\t2\tn\tx\n"), HasSubstr(place + "5: 'x' is no number"));
  EXPECT_THAT(refusal<BedRecord>(bed + "c\t1\t2\tn\t0\t*\n"), HasSubstr(place + "6: '*' is none of the letters"));
  EXPECT_THAT(refusal<BedRecord>(bed + "c\t1\t2\tn\t0\t+\t1\t2\t0\t1\n"), HasSubstr(place + "10: blocks are"));
  EXPECT_THAT(refusal<BedRecord>(bed + "c\t1\t2\tn\t0\t+\t1\t2\t0\t2\t1\t0,0\n"),
              HasSubstr(place + "11: column 10 asks for 2 numbers, and it has 1"));
  EXPECT_THAT(refusal<BedRecord>(bed + "c\t1\t2\tn\t0\t+\t1\t2\t0\t1\t5\t0\n"),
              HasSubstr(place + "12: block 1 ends behind"));
  EXPECT_THAT(refusal<BedRecord>(bed + "c\t1\t2\tn\t0\t+\t1\t2\t0\t0\t\t\textra\n"), HasSubstr(place + "13:"));

  const std::string gff = "##gff-version 3\n#\n", row = "c\ts\tt\t";
  EXPECT_THAT(refusal<GffRecord>(gff + row + "0\t5\t.\t+\t.\t.\n"),
              HasSubstr(place + "4: '0' is no whole number of at least 1"));
  EXPECT_THAT(refusal<GffRecord>(gff + row + "6\t5\t.\t+\t.\t.\n"), HasSubstr(place + "5:"));
  EXPECT_THAT(refusal<GffRecord>(gff + row + "1\t5\t.\t+\t3\t.\n"), HasSubstr(place + "8:"));
  EXPECT_THAT(refusal<GffRecord>(gff + row + "1\t5\t.\t+\t.\n"), HasSubstr(place + "8: the line has 8 columns"));
  EXPECT_THAT(refusal<GffRecord>(gff + row + "1\t5\t.\t+\t.\tx\n"), HasSubstr(place + "9: 'x' is no attribute"));
  EXPECT_THAT(refusal<GffRecord>(gff + row + "1\t5\t.\t+\t.\tid \"x\n"), HasSubstr(place + "9: the quotes"));

  EXPECT_THAT(refusal<PafRecord>("#\n#\nq\t10\t0\t11\t-\tt\t100\t5\t14\t8\t9\t60\n"),
              HasSubstr(place + "4: '11' is no whole number within 0..10"));
  EXPECT_THAT(refusal<PafRecord>("#\n#\nq\t10\t0\t9\t-\tt\t100\t5\t14\t8\t9\t60\tNM\n"),
              HasSubstr(place + "13: 'NM' is no tag"));
  EXPECT_THAT(refusal<PafRecord>("#\n#\nq\t10\t0\t9\t-\tt\t100\t5\t14\t8\t9\n"),
              HasSubstr(place + "11: the line has 11 columns, and the format has 12 or more"));
}

TEST_F(Intervals, AreNotWrittenWhereTheFormatCannotHoldThem) {
  const auto refusal = [this]<typename Record>(const Record& record) {
    const test::Thrown error = thrown_by([&] { IntervalWriter<Record>(path("x")).write(record); });
    EXPECT_EQ(error.code, ErrorCode::invalid_argument);
    return error.line;
  };
  EXPECT_THAT(refusal(BedRecord{.contig = "a\tb"}), HasSubstr("contig cannot be 'a\\x09b'"));
  EXPECT_THAT(refusal(BedRecord{.contig = "#a"}), HasSubstr("comment"));
  EXPECT_THAT(refusal(BedRecord{.contig = "a", .begin = 5, .end = 4}), HasSubstr("end cannot be '4'"));
  EXPECT_THAT(refusal(BedRecord{.contig = "a", .columns = 10}), HasSubstr("3..9 or 12"));
  EXPECT_THAT(refusal(BedRecord{.contig = "a", .columns = 4}), HasSubstr("name cannot be ''"));
  EXPECT_THAT(refusal(GffRecord{.contig = "a", .type = "b"}), HasSubstr("end cannot be '0'"));
  EXPECT_THAT(refusal(GffRecord{
                  .contig = "a", .type = "b", .end = 1, .attributes = {{"a b", {"x"}}}, .dialect = GffDialect::gtf}),
              HasSubstr("attribute cannot be 'a b'"));
  EXPECT_THAT(refusal(PafRecord{.query = "q", .query_length = 1, .query_end = 2, .target = "t"}),
              HasSubstr("within 0..1"));
  EXPECT_TRUE(fs::exists(path("bad")) || !fs::exists(path("x")));
}

TEST_F(Intervals, MayHaveLinesLongerThanABlock) {
  const std::string name(2 << 20, 'n');
  folder_.write("x.bed", "chr1\t1\t2\t" + name + "\nchr1\t3\t4\n");
  const auto records = read<BedRecord>("x.bed");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].name, name);
}

TEST_F(Intervals, AreWrittenAndReadAlikeByAnyThreads) {
  Random random;
  std::vector<BedRecord> records;  // of many blocks of BGZF
  for (int i = 0; i < 30000; ++i) records.push_back(random.bed());
  const auto write_by = [&](const char* name, const IntervalWriterOptions& options) {
    BedWriter writer(path(name), options);
    for (const BedRecord& record : records) writer.write(record);
    writer.commit();
    return contents(name);
  };
  std::vector<std::size_t> sizes;
  for (const int level : {0, 1, 9}) {
    const std::string bytes = write_by("x.bed.gz", {.level = level});
    EXPECT_GT(bytes.size(), 10u * 65536);
    sizes.push_back(bytes.size());
    EXPECT_TRUE(write_by("y.bed.gz", {.threads = IoThreads(4), .level = level}) == bytes) << level;
    EXPECT_TRUE(write_by("z.bed.gz", {.threads = IoThreads(1), .level = level}) == bytes) << level;
  }
  EXPECT_TRUE(std::ranges::is_sorted(sizes, std::greater()));
  EXPECT_TRUE(write_by("x.bed", {.threads = IoThreads(4)}) == write_by("y.bed", {}));

  const IoThreads shared(4);
  for (const char* const name : {"x.bed", "y.bed.gz"}) {
    for (const IoThreads& threads : {IoThreads(), IoThreads(1), shared, shared}) {
      BedReader reader(path(name), {.threads = threads});
      std::vector<BedRecord> found;
      for (const BedRecord& record : reader) found.push_back(record);
      EXPECT_TRUE(found == records) << name << " by " << threads.count();
    }
  }
}

TEST_F(Intervals, AreNotWrittenAtALevelThatIsNone) {
  for (const int level : {-2, 10}) {
    for (const char* const name : {"x.bed", "x.bed.gz"}) {
      const test::Thrown error = thrown_by([&] { BedWriter(path(name), {.level = level}); });
      EXPECT_EQ(error.code, ErrorCode::invalid_argument);
      EXPECT_THAT(error.line, AllOf(HasSubstr(std::to_string(level)), HasSubstr("0..9, or -1")));
    }
  }
}

// Threads must end, and say what they met.
TEST_F(Intervals, OfADamagedFileAreRefusedByThreads) {
  std::vector<BedRecord> records;
  Random random;
  for (int i = 0; i < 5000; ++i) records.push_back(random.bed());
  write("x.bed.gz", records);
  std::string bytes = contents("x.bed.gz");
  const std::string whole = bytes;
  bytes[bytes.size() / 2] ^= 0x55;
  for (const std::string& damaged : {bytes, whole.substr(0, whole.size() - 28), whole.substr(0, whole.size() / 2)}) {
    folder_.write("bad", damaged);
    const auto read_by = [this](int threads) {
      return thrown_by([&] {
        BedReader reader(path("bad"), {.threads = IoThreads(threads)});
        for (BedRecord record; reader.read(record);) {
        }
      });
    };
    EXPECT_EQ(read_by(1).code, ErrorCode::invalid_input);
    EXPECT_EQ(read_by(4).code, ErrorCode::invalid_input);
  }
}

TEST_F(Intervals, OfATruncatedFileAreRefused) {
  Random random;
  std::vector<BedRecord> records;
  for (int i = 0; i < 20; ++i) records.push_back(random.bed());
  write("x.bed.gz", records);
  const std::string whole = contents("x.bed.gz");
  for (std::size_t size = 1; size < whole.size(); ++size) {
    folder_.write("part", whole.substr(0, size));
    EXPECT_THROW(read<BedRecord>("part"), Error) << size;
  }
}

TEST_F(Intervals, OfATextThatEndsWithinALineAreRefused) {
  Random random;
  std::vector<BedRecord> beds;
  std::vector<GffRecord> gffs;
  std::vector<PafRecord> pafs;
  for (int i = 0; i < 5; ++i) {
    beds.push_back(random.bed());
    gffs.push_back(random.gff(GffDialect::gff3));
    pafs.push_back(random.paf());
  }
  expect_cut_lines_are_refused(beds);
  expect_cut_lines_are_refused(gffs);
  expect_cut_lines_are_refused(pafs);
}

TEST_F(Intervals, OfAnEmptyFileAreNone) {
  folder_.write("x.bed", "");
  EXPECT_TRUE(read<BedRecord>("x.bed").empty());
  EXPECT_EQ(thrown_by([this] { read<BedRecord>("absent"); }).code, ErrorCode::io);
}

TEST_F(Intervals, CannotBeWrittenToAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  fs::create_symlink("/dev/full", path("x.gz"));
  for (const std::string& file : {std::string("/dev/full"), path("x.gz")}) {
    const test::Thrown error = thrown_by([&] {
      BedWriter writer(file);
      for (int i = 0; i < 100000; ++i) writer.write({.contig = "chr1", .begin = i, .end = i + 1});
      writer.commit();
    });
    EXPECT_EQ(error.code, ErrorCode::io);
    EXPECT_THAT(error.line, HasSubstr("No space left on device"));
  }
}

}  // namespace
}  // namespace anneal::io
