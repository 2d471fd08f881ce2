// VCF that uses contigs, filters and fields that its header does not define.
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "anneal/io/variants.h"
#include "io/hts/tabix_build.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/fed_pipe.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;
using hts::RegionIndex;
using test::thrown_by;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;

constexpr std::string_view head =
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=chr1>\n"
    "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n";

const std::vector<std::string> some_lines = {
    "chr1\t5\t.\tA\tC\t.\tlow;PASS\tDP=3;XX=1,2;HM3\tGT:NT\t0|1:a,b\t.:.",
    "chr2\t7\t.\tA\t<DEL>\t.\tPASS\tEND=90\tGT\t0/1\t1",
    "chr1\t9\t.\tA\tC\t3\t.\tDP=4\tNT\tx\t.",
    "chr3\t1\t.\tA\tC\t.\tlow\tXX=y\tGT\t0\t1",
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text(head);
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::vector<std::string> many_lines(int contigs) {
  std::vector<std::string> lines;
  lines.reserve(static_cast<std::size_t>(contigs));
  for (int i = 0; i < contigs; ++i) {
    lines.push_back(fmt::format("c{0}\t5\t.\tA\t.\t.\tf{0}\tI{0}=x\tF{0}\t1\t2", i));
  }
  return lines;
}

std::vector<VariantRecord> read_records(VariantReader& reader) {
  std::vector<VariantRecord> records;
  for (const VariantRecord& record : reader) records.push_back(record);
  return records;
}

std::vector<std::string> texts(const std::vector<VariantRecord>& records) {
  std::vector<std::string> lines;
  lines.reserve(records.size());
  for (const VariantRecord& record : records) lines.push_back(record.text());
  return lines;
}

class UndefinedVariants : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string written(const std::vector<std::string>& lines) const {
    folder_.write("x.vcf", joined(lines));
    return path("x.vcf");
  }
  // With an index beside it. The writer's header defines no more than `head`.
  std::string indexed(const std::vector<std::string>& lines, RegionIndex kind) const {
    VariantReader reader(written(lines));
    VariantWriter writer(path("x.vcf.gz"), reader.header());
    for (const VariantRecord& record : reader) writer.write(record);
    writer.commit();
    hts::build_index(path("x.vcf.gz"), vcf_lines, {.kind = kind});
    return path("x.vcf.gz");
  }
  test::TemporaryFolder folder_;
};

TEST_F(UndefinedVariants, AreText) {
  VariantReader reader(written(some_lines));
  const std::string header = reader.header().text();
  VariantRecord record;
  ASSERT_TRUE(reader.read(record));
  EXPECT_THAT(record.filters(), ElementsAre("low", "PASS"));
  EXPECT_TRUE(record.has_filter("low"));
  EXPECT_THAT(record.info_ids(), ElementsAre("DP", "XX", "HM3"));
  EXPECT_THAT(record.info_integers("DP"), ElementsAre(Optional(3)));
  EXPECT_EQ(record.info_text("XX"), "1,2");
  EXPECT_TRUE(record.has_info("HM3"));
  EXPECT_THAT(thrown_by([&] { static_cast<void>(record.info_integers("XX")); }).line, HasSubstr("of type String"));
  EXPECT_EQ(record.genotype(0), (Genotype{{0, false}, {1, true}}));
  EXPECT_EQ(record.format_text("NT", 0), "a,b");
  EXPECT_EQ(record.format_text("NT", 1), std::nullopt);
  EXPECT_THAT(record.header().find_info("XX"),
              Optional(AllOf(Field(&VariantField::type, VariantType::text),
                             Field(&VariantField::count, VariantCount::fixed), Field(&VariantField::fixed_count, 1))));
  EXPECT_FALSE(record.header().has_contig("chr2"));

  ASSERT_TRUE(reader.read(record));
  EXPECT_EQ(record.contig(), "chr2");
  EXPECT_EQ(record.end(), 90);
  EXPECT_EQ(record.info_text("END"), "90");
  while (reader.read(record)) {
  }
  EXPECT_EQ(reader.header().text(), header);
  using enum VariantDefinition;
  EXPECT_THAT(reader.undefined(), ElementsAre(UndefinedVariantId{filter, "low"}, UndefinedVariantId{info, "XX"},
                                              UndefinedVariantId{info, "HM3"}, UndefinedVariantId{format, "GT"},
                                              UndefinedVariantId{format, "NT"}, UndefinedVariantId{contig, "chr2"},
                                              UndefinedVariantId{info, "END"}, UndefinedVariantId{contig, "chr3"}));
}

TEST_F(UndefinedVariants, OfSomeSamples) {
  VariantReader reader(written(some_lines), {.samples = std::vector<std::string>{"B"}});
  const auto records = read_records(reader);
  EXPECT_EQ(records[1].text(), "chr2\t7\t.\tA\t<DEL>\t.\tPASS\tEND=90\tGT\t1");
  EXPECT_EQ(records[2].format_text("NT", 0), std::nullopt);
  EXPECT_THAT(records[3].header().samples(), ElementsAre("B"));
}

TEST_F(UndefinedVariants, StayAsTheyAreWhileOthersAreRead) {
  const auto lines = many_lines(100);
  VariantReader reader(written(lines));
  const auto records = read_records(reader);
  EXPECT_EQ(texts(records), lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    ASSERT_EQ(records[i].header().contigs().size(), i + 2);  // with chr1
    ASSERT_EQ(records[i].info_text(fmt::format("I{}", i)), "x");
  }
}

TEST_F(UndefinedVariants, CanBeUsedByOtherThreadsWhileOthersAreRead) {
  const auto lines = many_lines(200);
  VariantReader reader(written(lines));
  std::vector<std::string> found(lines.size());
  std::vector<std::jthread> threads;
  for (const VariantRecord& record : reader) {
    const std::size_t number = threads.size();
    threads.emplace_back([&found, number, copy = record] { found[number] = copy.text(); });
  }
  threads.clear();
  EXPECT_EQ(found, lines);
}

TEST_F(UndefinedVariants, AreLeftAloneByTheirReaderAfterAnError) {
  VariantReader reader(written({some_lines[0], "chr9\t5\t.\tA\tC\t.\tnew\tYY=1\tGT:NT\t0:1:2\t1"}));
  VariantRecord record;
  ASSERT_TRUE(reader.read(record));
  EXPECT_THAT(thrown_by([&] { reader.read(record); }).line,
              AllOf(HasSubstr("record 2 ('chr9:5')"), HasSubstr("more fields than FORMAT names")));
  EXPECT_EQ(record.contig(), "");
  EXPECT_THAT(thrown_by([&] { static_cast<void>(record.text()); }).line, HasSubstr("no contig"));
  EXPECT_FALSE(reader.read(record));
}

TEST_F(UndefinedVariants, AreWrittenAsVcfUnderTheHeaderOfTheirFile) {
  VariantReader reader(written(some_lines));
  for (const VariantHeader& header : {reader.header(), VariantHeader(reader.header().text())}) {
    VariantReader again(path("x.vcf"));
    VariantWriter writer(path("y.vcf"), header);
    for (const VariantRecord& record : again) writer.write(record);
    writer.commit();
    VariantReader copy(path("y.vcf"));
    EXPECT_EQ(copy.header().text(), reader.header().text());
    EXPECT_EQ(texts(read_records(copy)), some_lines);
  }
  VariantHeader other = reader.header();
  other.add_line("##contig=<ID=other>");
  VariantWriter writer(path("z.vcf"), other);
  VariantRecord record;
  reader.read(record);
  EXPECT_THAT(thrown_by([&] { writer.write(record); }).line, HasSubstr("another header"));
}

TEST_F(UndefinedVariants, AreWrittenAsBcfAfterRewinding) {
  VariantReader reader(written(some_lines));
  {
    VariantWriter writer(path("x.bcf"), reader.header());
    VariantRecord record;
    reader.read(record);
    EXPECT_THAT(thrown_by([&] { writer.write(record); }).line,
                AllOf(HasSubstr("record 1 cannot be written"), HasSubstr("rewind the reader")));
  }
  EXPECT_FALSE(fs::exists(path("x.bcf")));
  read_records(reader);
  reader.rewind();
  EXPECT_EQ(reader.records_read(), 0u);
  EXPECT_TRUE(reader.header().has_contig("chr3"));
  VariantWriter writer(path("x.bcf"), reader.header());
  for (const VariantRecord& record : reader) writer.write(record);
  writer.commit();
  EXPECT_EQ(reader.records_read(), some_lines.size());

  VariantReader binary(path("x.bcf"));
  EXPECT_EQ(binary.header().text(), reader.header().text());
  const auto records = read_records(binary);
  EXPECT_EQ(texts(records), some_lines);
  EXPECT_EQ(records[1].end(), 90);
  EXPECT_THAT(binary.undefined(), IsEmpty());
  binary.rewind();
  EXPECT_EQ(texts(read_records(binary)), some_lines);
}

TEST_F(UndefinedVariants, OfAPipeAreReadOnce) {
  const std::string text = joined(some_lines);
  const test::FedPipe pipe(text);
  VariantReader reader(pipe.path());
  EXPECT_EQ(texts(read_records(reader)), some_lines);
  EXPECT_FALSE(reader.can_rewind());
  EXPECT_THAT(thrown_by([&] { reader.rewind(); }).line, HasSubstr("comes but once"));
}

TEST_F(UndefinedVariants, AreFoundByRegions) {
  const std::vector<std::string> lines = {some_lines[0], some_lines[2], some_lines[1], some_lines[3]};
  for (const RegionIndex kind : {RegionIndex::tbi, RegionIndex::csi}) {
    VariantReader reader(indexed(lines, kind));
    EXPECT_TRUE(reader.has_contig("chr3"));
    EXPECT_FALSE(reader.has_contig("chr4"));
    reader.query("chr2:80-85");
    EXPECT_EQ(texts(read_records(reader)), (std::vector{lines[2]}));
    reader.rewind();
    EXPECT_EQ(texts(read_records(reader)), (std::vector{lines[2]}));
    EXPECT_TRUE(reader.header().has_contig("chr2"));
    EXPECT_FALSE(reader.header().has_contig("chr3"));
    const std::vector<Region> regions = {{"chr3"}, {"chr1", 6, 20}};
    reader.query(regions);
    EXPECT_EQ(texts(read_records(reader)), (std::vector{lines[1], lines[3]}));
    EXPECT_THAT(thrown_by([&] { reader.query("chr4"); }).line, HasSubstr("has no contig 'chr4'"));
    fs::remove(path("x.vcf.gz") + (kind == RegionIndex::tbi ? ".tbi" : ".csi"));
  }
}

TEST_F(UndefinedVariants, AreNotThoseOfAForeignIndex) {
  std::string renamed = some_lines[3];
  renamed.replace(0, 4, "chr4");
  indexed({some_lines[0], some_lines[3]}, RegionIndex::csi);
  fs::rename(path("x.vcf.gz.csi"), path("foreign"));
  indexed({some_lines[0], renamed}, RegionIndex::csi);
  fs::rename(path("foreign"), path("x.vcf.gz.csi"));
  fs::last_write_time(path("x.vcf.gz.csi"), fs::last_write_time(path("x.vcf.gz")) + std::chrono::seconds(5));
  VariantReader reader(path("x.vcf.gz"));
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(thrown_by([&] { reader.query("chr1"); }).line,
                AllOf(HasSubstr("has the contig 'chr3'"), HasSubstr("anneal index")));
  }
}

}  // namespace
}  // namespace anneal::io
