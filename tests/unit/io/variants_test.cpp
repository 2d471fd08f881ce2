#include "anneal/io/variants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/base/temporary_folder.h"
#include "unit/io/random_variants.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;

constexpr std::string_view small_header =
    "##fileformat=VCFv4.3\n"
    "##contig=<ID=chr1,length=1000>\n"
    "##contig=<ID=chr2>\n"
    "##FILTER=<ID=q10,Description=\"low\">\n"
    "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"the depth\">\n"
    "##INFO=<ID=AF,Number=A,Type=Float,Description=\"f\">\n"
    "##INFO=<ID=DB,Number=0,Type=Flag,Description=\"f\">\n"
    "##INFO=<ID=AA,Number=1,Type=String,Description=\"a\">\n"
    "##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">\n"
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"d\">\n"
    "##FORMAT=<ID=GL,Number=G,Type=Float,Description=\"l\">\n"
    "##FORMAT=<ID=NT,Number=.,Type=String,Description=\"n\">\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n";

class Variants : public testing::TestWithParam<const char*> {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  VariantReader written(std::string_view lines) const {
    folder_.write("x.vcf", std::string(small_header) + std::string(lines));
    return VariantReader(path("x.vcf"));
  }
  test::TemporaryFolder folder_;
};

TEST_P(Variants, AreReadAsTheyWereWritten) {
  for (const std::size_t samples : {0, 1, 3}) {
    test::RandomVariants random(static_cast<std::uint32_t>(samples) + 1, samples);
    const auto records = random.records(400);
    const std::string file = path(std::string("x.") + GetParam());
    test::write_variants(file, random.header(), records);
    for (const int threads : {1, 2}) {
      VariantReader reader(file, {.threads = IoThreads(threads)});
      EXPECT_EQ(reader.header().text(), random.header().text());
      EXPECT_EQ(test::read_lines(reader), test::lines_of(records));
      EXPECT_EQ(reader.records_read(), records.size());
    }
  }
}

TEST_P(Variants, HaveTheValuesThatWereSet) {
  const VariantHeader header(small_header);
  VariantRecord record(header);
  record.set_contig("chr2");
  record.set_position(99);
  record.set_id("rs1");
  record.set_alleles(std::vector<std::string>{"ACG", "A", "<DEL>"});
  record.set_quality(12.5f);
  record.set_filters(std::vector<std::string>{"q10"});
  record.set_info("DP", VariantIntegers{40000});
  record.set_info("AF", VariantReals{0.25f, std::nullopt});
  record.set_info_flag("DB", true);
  record.set_info_text("AA", "x,y");
  const std::vector<Genotype> genotypes = {{{0, false}, {2, true}, {std::nullopt, false}}, {{1, false}}};
  record.set_genotypes(genotypes);
  record.set_format("AD", std::vector<VariantIntegers>{{1, std::nullopt, 300}, {}});
  record.set_format("GL", std::vector<VariantReals>{{-1.5f}, {0.0f, -2.0f}});
  record.set_format_text("NT", std::vector<std::string>{"", "note"});
  const std::string file = path(std::string("x.") + GetParam());
  test::write_variants(file, header, {record});

  VariantReader reader(file);
  VariantRecord found;
  ASSERT_TRUE(reader.read(found));
  EXPECT_EQ(found.contig(), "chr2");
  EXPECT_EQ(found.position(), 99);
  EXPECT_EQ(found.end(), 102);
  EXPECT_EQ(found.id(), "rs1");
  ASSERT_EQ(found.allele_count(), 3u);
  EXPECT_EQ(found.allele(0), "ACG");
  EXPECT_EQ(found.allele(2), "<DEL>");
  EXPECT_EQ(found.quality(), 12.5f);
  EXPECT_THAT(found.filters(), ElementsAre("q10"));
  EXPECT_TRUE(found.has_filter("q10"));
  EXPECT_FALSE(found.has_filter("PASS"));
  EXPECT_THAT(found.info_ids(), ElementsAre("DP", "AF", "DB", "AA"));
  EXPECT_THAT(found.info_integers("DP"), ElementsAre(Optional(40000)));
  EXPECT_THAT(found.info_reals("AF"), ElementsAre(Optional(0.25f), std::nullopt));
  EXPECT_TRUE(found.has_info("DB"));
  EXPECT_FALSE(found.has_info("END"));
  EXPECT_THAT(found.info_integers("END"), IsEmpty());
  EXPECT_EQ(found.info_text("AA"), "x,y");
  EXPECT_EQ(found.sample_count(), 2u);
  EXPECT_THAT(found.format_ids(), ElementsAre("GT", "AD", "GL", "NT"));
  EXPECT_EQ(found.genotype(0), genotypes[0]);
  EXPECT_EQ(found.genotype(1), genotypes[1]);
  EXPECT_EQ(found.format_text("GT", 0), "0|2/.");
  EXPECT_THAT(found.format_integers("AD", 0), ElementsAre(Optional(1), std::nullopt, Optional(300)));
  EXPECT_THAT(found.format_integers("AD", 1), ElementsAre(std::nullopt));
  EXPECT_THAT(found.format_reals("GL", 0), ElementsAre(Optional(-1.5f)));
  EXPECT_THAT(found.format_reals("GL", 1), ElementsAre(Optional(0.0f), Optional(-2.0f)));
  EXPECT_EQ(found.format_text("NT", 0), std::nullopt);
  EXPECT_EQ(found.format_text("NT", 1), "note");
  EXPECT_FALSE(reader.read(found));
}

TEST_P(Variants, OfSomeSamplesKeepTheRest) {
  test::RandomVariants random(5, 4);
  const auto records = random.records(100);
  const std::string file = path(std::string("x.") + GetParam());
  test::write_variants(file, random.header(), records);
  VariantReader some(file, {.samples = std::vector<std::string>{"sample 3", "sample 1"}});
  EXPECT_THAT(some.header().samples(), ElementsAre("sample 1", "sample 3"));
  std::vector<VariantRecord> kept;
  std::size_t count = 0;
  for (const VariantRecord& record : some) {
    const VariantRecord& whole = records[count++];
    ASSERT_EQ(record.sample_count(), 2u);
    ASSERT_EQ(record.info_ids(), whole.info_ids());
    if (whole.has_format("GT")) {
      EXPECT_EQ(record.genotype(0), whole.genotype(1));
      EXPECT_EQ(record.genotype(1), whole.genotype(3));
    }
    if (whole.has_format("AD")) {
      EXPECT_EQ(record.format_integers("AD", 1), whole.format_integers("AD", 3));
    }
    kept.push_back(record);
  }
  EXPECT_EQ(count, records.size());
  test::write_variants(path("some.bcf"), some.header(), kept);
  VariantReader again(path("some.bcf"));
  EXPECT_EQ(again.header().text(), some.header().text());
  EXPECT_EQ(test::read_lines(again), test::lines_of(kept));

  VariantReader none(file, {.samples = std::vector<std::string>()});
  for (const VariantRecord& record : none) EXPECT_EQ(record.sample_count(), 0u);
  EXPECT_EQ(none.records_read(), records.size());
  EXPECT_THAT(thrown_by([&] { VariantReader(file, {.samples = std::vector<std::string>{"x"}}); }).line,
              HasSubstr("has no sample 'x'"));
}

INSTANTIATE_TEST_SUITE_P(Formats, Variants, testing::Values("vcf", "vcf.gz", "bcf"), [](const auto& format) {
  return std::string(format.param) == "vcf.gz" ? "vcf_gz" : format.param;
});

class VariantText : public Variants {};

TEST_F(VariantText, HasMissingValues) {
  VariantReader reader =
      written("chr1\t1\t.\tA\t.\t.\t.\t.\tGT:AD\t./.:.\t.\nchr1\t2\t.\tA\tC\t0\tPASS\tDP=.;AF=.\tGT\t0\t1|1\n");
  VariantRecord record;
  ASSERT_TRUE(reader.read(record));
  EXPECT_EQ(record.id(), "");
  EXPECT_EQ(record.quality(), std::nullopt);
  EXPECT_THAT(record.filters(), IsEmpty());
  EXPECT_THAT(record.info_ids(), IsEmpty());
  EXPECT_EQ(record.genotype(0), (Genotype{{std::nullopt, false}, {std::nullopt, false}}));
  EXPECT_EQ(record.genotype(1), (Genotype{{std::nullopt, false}}));
  EXPECT_THAT(record.format_integers("AD", 0), ElementsAre(std::nullopt));
  ASSERT_TRUE(reader.read(record));
  EXPECT_EQ(record.quality(), 0.0f);
  EXPECT_THAT(record.info_integers("DP"), ElementsAre(std::nullopt));
  EXPECT_EQ(record.genotype(1), (Genotype{{1, false}, {1, true}}));
  EXPECT_THAT(record.format_integers("AD", 0), IsEmpty());
}

TEST_F(VariantText, EndsWhereInfoSays) {
  VariantReader reader = written("chr1\t10\t.\tA\t<DEL>\t.\t.\tEND=50\t.\t.\t.\n");
  VariantRecord record;
  ASSERT_TRUE(reader.read(record));
  EXPECT_EQ(record.position(), 9);
  EXPECT_EQ(record.end(), 50);
}

TEST_F(VariantText, HasGenotypesWhereverFormatNamesThem) {
  VariantReader reader = written("chr1\t1\t.\tA\tC\t.\t.\t.\tAD:GT\t3,4:0|1\t.:1\n");
  VariantRecord record;
  ASSERT_TRUE(reader.read(record));
  EXPECT_EQ(record.genotype(0), (Genotype{{0, false}, {1, true}}));
  EXPECT_EQ(record.genotype(1), (Genotype{{1, false}}));
  EXPECT_THAT(record.format_integers("AD", 0), ElementsAre(3, 4));
  EXPECT_THAT(record.format_ids(), ElementsAre("AD", "GT"));
}

TEST_F(VariantText, SaysWhichHeaderLinesItLost) {
  const std::string lost = "##pedigreeDB=<http://localhost/x>", nameless = "##contig=<length=9>";
  std::string text(small_header);
  text.insert(text.find('\n') + 1, lost + "\n##key=value\n" + nameless + '\n');
  folder_.write("x.vcf", text + "chr1\t1\t.\tA\t.\t.\t.\t.\tGT\t0\t1\n");
  VariantReader reader(path("x.vcf"));
  EXPECT_THAT(reader.lost_header_lines(), ElementsAre(lost, nameless));
  EXPECT_THAT(reader.header().text(), HasSubstr("##key=value\n"));
  test::read_lines(reader);
  reader.rewind();
  EXPECT_THAT(reader.lost_header_lines(), ElementsAre(lost, nameless));
}

TEST_F(VariantText, TakesWindowsLineEnds) {
  std::string text = std::string(small_header) + "chr1\t1\t.\tA\t.\t.\t.\t.\tGT\t0\t1\n";
  for (std::size_t i = 0; (i = text.find('\n', i)) != text.npos; i += 2) text.insert(i, 1, '\r');
  folder_.write("x.vcf", text);
  VariantReader reader(path("x.vcf"));
  EXPECT_THAT(test::read_lines(reader), ElementsAre("chr1\t1\t.\tA\t.\t.\t.\t.\tGT\t0\t1"));
}

TEST(VariantHeaders, SayWhatTheyDefine) {
  const VariantHeader header(small_header);
  EXPECT_THAT(header.text(), HasSubstr("##fileformat=VCFv4.3\n"));
  EXPECT_THAT(header.contigs(), ElementsAre(VariantContig{"chr1", 1000}, VariantContig{"chr2", std::nullopt}));
  EXPECT_THAT(header.samples(), ElementsAre("A", "B"));
  EXPECT_EQ(header.info_fields().size(), 5u);
  EXPECT_EQ(header.format_fields().size(), 4u);
  EXPECT_THAT(header.filters(), ElementsAre(testing::Field(&VariantFilter::id, "PASS"), VariantFilter{"q10", "low"}));
  EXPECT_EQ(header.find_info("DP"), (VariantField{"DP", VariantType::integer, VariantCount::fixed, 1, "the depth"}));
  EXPECT_EQ(header.find_info("AF")->count, VariantCount::per_alternate);
  EXPECT_EQ(header.find_format("AD")->count, VariantCount::per_allele);
  EXPECT_EQ(header.find_format("GL")->count, VariantCount::per_genotype);
  EXPECT_EQ(header.find_info("DB")->type, VariantType::flag);
  EXPECT_EQ(header.find_info("AD"), std::nullopt);
  EXPECT_TRUE(header.has_contig("chr2"));
  EXPECT_FALSE(header.has_contig("chr3"));
  EXPECT_TRUE(header.has_filter("q10"));
  EXPECT_FALSE(header.has_filter("DP"));
  EXPECT_EQ(VariantHeader(header.text()).text(), header.text());
}

TEST(VariantHeaders, AreOfTheirOwnOnceChanged) {
  VariantHeader header(small_header);
  VariantHeader changed = header;
  changed.add_line("##contig=<ID=chr3,length=5>");
  changed.add_sample("C");
  EXPECT_TRUE(changed.has_contig("chr3"));
  EXPECT_FALSE(header.has_contig("chr3"));
  EXPECT_THAT(changed.samples(), ElementsAre("A", "B", "C"));
  EXPECT_THAT(header.samples(), ElementsAre("A", "B"));
}

TEST(VariantHeaders, RefuseWhatTheyCannotRead) {
  VariantHeader header(small_header);
  EXPECT_THAT(thrown_by([&] { header.add_line("#x=y"); }).line, HasSubstr("'#x=y' is none"));
  EXPECT_THAT(thrown_by([&] { header.add_line("##INFO=<ID=DP,Number=1,Type=Integer,Description=\"x\">"); }).line,
              HasSubstr("defined already"));
  EXPECT_THAT(thrown_by([&] { header.add_sample("A"); }).line, HasSubstr("'A' occurs twice"));
  EXPECT_THAT(thrown_by([&] { header.add_sample("a\tb"); }).line, HasSubstr("cannot be called"));
  EXPECT_THAT(thrown_by([] { VariantHeader("#CHROM\tPOS\n"); }).line, HasSubstr("is none"));
  EXPECT_THAT(thrown_by([] { VariantHeader("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tA\n"); }).line,
              HasSubstr("columns that VCF has not"));
}

TEST(VariantRecords, RefuseWhatTheirFormatsCannotHold) {
  VariantRecord record{VariantHeader(small_header)};
  const auto refusal = [](auto call) {
    const test::Thrown error = thrown_by(call);
    EXPECT_EQ(error.code, ErrorCode::invalid_argument);
    return error.line;
  };
  EXPECT_THAT(refusal([&] { record.set_contig("chrX"); }), HasSubstr("no contig 'chrX'"));
  EXPECT_THAT(refusal([&] { record.set_position(-2); }), HasSubstr("-1.."));
  EXPECT_THAT(refusal([&] { record.set_position(2147483647); }), HasSubstr("2147483646"));
  EXPECT_THAT(refusal([&] { record.set_id("a b"); }), HasSubstr("an ID cannot be 'a b'"));
  EXPECT_THAT(refusal([&] { record.set_alleles({}); }), HasSubstr("0 alleles"));
  EXPECT_THAT(refusal([&] { record.set_alleles(std::vector<std::string>{"A", "C,G"}); }), HasSubstr("'C,G'"));
  EXPECT_THAT(refusal([&] { record.set_filters(std::vector<std::string>{"DP"}); }), HasSubstr("no filter 'DP'"));
  EXPECT_THAT(refusal([&] { record.set_info("DP", VariantIntegers{-2147483647}); }), HasSubstr("-2147483640"));
  EXPECT_THAT(refusal([&] { record.set_info("AF", VariantIntegers{1}); }), HasSubstr("of type Float, not Integer"));
  EXPECT_THAT(refusal([&] { record.set_info("XX", VariantIntegers{1}); }), HasSubstr("no INFO 'XX'"));
  EXPECT_THAT(refusal([&] { record.set_info_text("AA", "a;b"); }), HasSubstr("'a;b'"));
  EXPECT_THAT(refusal([&] { record.set_info("END", VariantIntegers{1, 2}); }), HasSubstr("one value"));
  EXPECT_THAT(refusal([&] { record.set_format("AD", std::vector<VariantIntegers>(1)); }),
              HasSubstr("values of 1 samples"));
  EXPECT_THAT(refusal([&] { record.set_format_text("NT", std::vector<std::string>{"a:b", ""}); }), HasSubstr("'a:b'"));
  EXPECT_THAT(refusal([&] { record.set_genotypes(std::vector<Genotype>{{{-1, false}}, {}}); }), HasSubstr("allele -1"));
  EXPECT_THAT(refusal([&] { record.set_genotypes(std::vector<Genotype>{{{0, true}}, {}}); }), HasSubstr("phased"));
  EXPECT_THAT(refusal([&] { static_cast<void>(record.genotype(2)); }), HasSubstr("no sample 2"));
  EXPECT_THAT(refusal([&] { static_cast<void>(record.allele(0)); }), HasSubstr("no allele 0"));
  EXPECT_THAT(refusal([&] { static_cast<void>(record.info_text("DP")); }), HasSubstr("of type Integer, not String"));
}

TEST(VariantRecords, CanBeChangedAndCopied) {
  const VariantHeader header(small_header);
  VariantRecord record(header);
  record.set_contig("chr1");
  record.set_position(10);
  record.set_alleles(std::vector<std::string>{"A", "C"});
  record.set_info("DP", VariantIntegers{1});
  record.set_info("END", VariantIntegers{20});
  VariantRecord copy = record;
  record.set_info("DP", VariantIntegers{});
  record.set_position(12);
  record.set_info_text("AA", std::nullopt);
  EXPECT_EQ(record.text(), "chr1\t13\t.\tA\tC\t.\t.\tEND=20\t.\t.\t.");
  EXPECT_EQ(record.end(), 20);
  EXPECT_EQ(copy.text(), "chr1\t11\t.\tA\tC\t.\t.\tDP=1;END=20\t.\t.\t.");
  copy = std::move(record);
  EXPECT_EQ(copy.position(), 12);
}

}  // namespace
}  // namespace anneal::io
