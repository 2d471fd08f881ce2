// What readers and writers of variants do with files that are damaged, truncated or wrong, and with full disks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "anneal/io/variants.h"
#include "io/input.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/compress.h"
#include "unit/io/fed_pipe.h"
#include "unit/io/random_variants.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;
using test::thrown_by;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view head =
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=chr1,length=1000>\n"
    "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n"
    "##INFO=<ID=AF,Number=A,Type=Float,Description=\"f\">\n"
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"d\">\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\n"
    "chr1\t1\t.\tA\t.\t.\t.\t.\tGT\t0\n";

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void read_all(const std::string& path, int threads = 1) {
  VariantReader reader(path, {.threads = IoThreads(threads)});
  test::read_lines(reader);
}

class BadVariants : public testing::Test {
 protected:
  void SetUp() override { previous_ = std::signal(SIGPIPE, SIG_IGN); }
  void TearDown() override { std::signal(SIGPIPE, previous_); }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  // What a line behind the head is refused by.
  std::string refusal(std::string_view line) const {
    folder_.write("x.vcf", std::string(head) + std::string(line) + "\n");
    const test::Thrown error = thrown_by([this] { read_all(path("x.vcf")); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input) << line;
    return error.line;
  }
  std::string decompressed(const std::string& name) const { return read_input(path(name)); }
  void expect_truncated_is_refused(const std::string& name) const {
    test::RandomVariants random(3, 2);
    test::write_variants(path(name), random.header(), random.records(3));
    const std::string whole = contents(path(name));
    ASSERT_NO_THROW(read_all(path(name)));
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::string part = whole.substr(0, size);
      folder_.write("part", part);
      EXPECT_EQ(thrown_by([this] { read_all(path("part")); }).code, ErrorCode::invalid_input) << size;
      if (size % 7 == 0 || size + 40 > whole.size()) {
        for (const int threads : {1, 2}) {
          const test::FedPipe pipe(part);
          EXPECT_EQ(thrown_by([&] { read_all(pipe.path(), threads); }).code, ErrorCode::invalid_input) << size;
        }
      }
    }
    const test::FedPipe pipe(whole);
    EXPECT_NO_THROW(read_all(pipe.path()));
  }

  test::TemporaryFolder folder_;

 private:
  void (*previous_)(int) = nullptr;
};

TEST_F(BadVariants, NameTheRecordAndTheCause) {
  const std::string place = "record 2 ('chr1:5') of '" + path("x.vcf") + "' cannot be read: ";
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"chr1\t5\t.\tA\tC\t.\t.\tA,B=1\tGT\t0", "its name is none that a header can define"},
      {"chr1\t5\t.\tA\tC\t.\t.\tDP=x\tGT\t0", "INFO 'DP' is 'x', which is no integer of 32 bits"},
      {"chr1\t5\t.\tA\tC\t.\t.\tDP=2147483648\tGT\t0", "INFO 'DP' is '2147483648'"},
      {"chr1\t5\t.\tA\tC\t.\t.\tAF=0.1,x\tGT\t0", "INFO 'AF' is 'x', which is no number"},
      {"chr1\t5\t.\tA\tC\thigh\t.\t.\tGT\t0", "its quality is 'high'"},
      {"chr1\t5\t.\t\tC\t.\t.\t.\tGT\t0", "its column 4 (REF) is empty"},
      {"chr1\t5\t.\tA\tC,,T\t.\t.\t.\tGT\t0", "its ALT 'C,,T' has an empty allele"},
      {"chr1\t5\t.\tA\t,T\t.\t.\t.\tGT\t0", "its ALT ',T' has an empty allele"},
      {"chr1\t5\t.\tA\tT,\t.\t.\t.\tGT\t0", "its ALT 'T,' has an empty allele"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tGT", "it has 9 columns, and the header makes it 10 (1 samples)"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tGT\t0\t0", "it has 11 columns"},
      {"chr1\t5", "it has 2 columns"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tGT:AD\t0:1,2147483648", "FORMAT 'AD' is '2147483648'"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tGT:AD\t0:x", "a value has a byte that its type does not allow"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tGT\tx", "cannot be read"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tGT:X,IDX=1\t0:1", "'X,IDX=1' is not defined, and its name is none"},
      {"chr1\t5\t.\tA\tC\t.\t.\tX,IDX=1\tGT\t0", "'X,IDX' is not defined, and its name is none"},
      {"chr1\t5\t.\tA\tC\t.\tX,IDX=1\t.\tGT\t0", "'X,IDX=1' is not defined, and its name is none"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tAD:GT\t1,2", "a sample lacks its GT"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tGT:GT\t0:1", "its FORMAT names 'GT' twice"},
      {"chr1\t5\t.\tA\tC\t.\t.\t.\tAD:GT:AD\t1,2:0:3,4", "its FORMAT names 'AD' twice"},
  };
  for (const auto& [line, cause] : cases) EXPECT_THAT(refusal(line), AllOf(HasSubstr(place), HasSubstr(cause)));
  EXPECT_THAT(refusal("a,b\t5\t.\tA\tC\t.\t.\t.\tGT\t0"), HasSubstr("nor a name that one can define"));
  EXPECT_THAT(refusal("a,IDX=0\t5\t.\tA\tC\t.\t.\t.\tGT\t0"), HasSubstr("nor a name that one can define"));
  EXPECT_THAT(refusal("chr1\tfive\t.\tA\tC\t.\t.\t.\tGT\t0"), HasSubstr("its position is 'five'"));
  EXPECT_THAT(refusal(std::string_view("chr1\t5\t.\tA\0\tC\t.\t.\t.\tGT\t0", 25)), HasSubstr("NUL"));
  EXPECT_THAT(refusal(""), HasSubstr("it has 1 columns"));
}

TEST_F(BadVariants, HaveNoHeaderWithNulBytes) {
  for (const std::string_view cut : {std::string_view("\t\tB\0\tC", 6), std::string_view("\tB\0", 3)}) {
    std::string text(head.substr(0, head.find("\tA\nchr1") + 2));
    folder_.write("x.vcf", text.append(cut) + "\n");
    const test::Thrown error = thrown_by([this] { read_all(path("x.vcf")); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input);
    EXPECT_THAT(error.line, HasSubstr("the header of '" + path("x.vcf") + "' is damaged"));
  }
}

TEST_F(BadVariants, AreNotReadOnAfterAnError) {
  folder_.write("x.vcf",
                std::string(head) + "chr1\tx\t.\tA\t.\t.\t.\t.\tGT\t0\n" + "chr1\t5\t.\tA\t.\t.\t.\t.\tGT\t0\n");
  VariantReader reader(path("x.vcf"));
  VariantRecord record;
  EXPECT_TRUE(reader.read(record));
  EXPECT_THROW(reader.read(record), Error);
  EXPECT_FALSE(reader.read(record));
}

TEST_F(BadVariants, InBcfAreFoundByTheirNumbers) {
  const auto spliced = [this](const VariantHeader& first, const VariantRecord& last) {
    test::write_variants(path("small.bcf"), first, {});
    test::write_variants(path("head.bcf"), last.header(), {});
    test::write_variants(path("large.bcf"), last.header(), {last});
    constexpr std::size_t end_marker = 28;
    const std::string end = contents(path("small.bcf"));
    folder_.write("x.bcf", test::bgzf_block(decompressed("small.bcf") +
                                            decompressed("large.bcf").substr(decompressed("head.bcf").size())) +
                               end.substr(end.size() - end_marker));
    return thrown_by([this] { read_all(path("x.bcf")); }).line;
  };
  test::RandomVariants random(1, 1);
  VariantHeader larger = random.header();
  larger.add_line("##contig=<ID=extra,length=100>");
  larger.add_line("##INFO=<ID=ZZ,Number=1,Type=Integer,Description=\"z\">");
  VariantRecord record(larger);
  record.set_contig("extra");
  record.set_position(1);
  record.set_alleles(std::vector<std::string>{"A"});
  EXPECT_THAT(spliced(random.header(), record), HasSubstr("the header does not define the contig 'number 3'"));
  record.set_contig("chr1");
  record.set_info("ZZ", VariantIntegers{1});
  EXPECT_THAT(spliced(random.header(), record), HasSubstr("the header does not define INFO 'number "));

  const std::string contig = "##contig=<ID=c>\n",
                    genotype = "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n",
                    note = "##FORMAT=<ID=NT,Number=1,Type=String,Description=\"n\">\n";
  VariantHeader right(contig + genotype + note), swapped(contig + note + genotype), without(contig + note + genotype);
  right.add_sample("x");
  swapped.add_sample("x");
  VariantRecord noted(swapped);
  noted.set_contig("c");
  noted.set_alleles(std::vector<std::string>{"A"});
  noted.set_format_text("NT", std::vector<std::string>{"text"});
  EXPECT_THAT(spliced(right, noted), HasSubstr("its genotypes are no integers"));
  EXPECT_THAT(spliced(without, noted), HasSubstr("it has 1 samples, and the header has 0"));
}

TEST_F(BadVariants, AreRefusedWhereverBcfIsTruncated) { expect_truncated_is_refused("x.bcf"); }
TEST_F(BadVariants, AreRefusedWhereverCompressedVcfIsTruncated) { expect_truncated_is_refused("x.vcf.gz"); }

// But for cuts at the end of a line behind the header, which leave a shorter file.
TEST_F(BadVariants, AreRefusedWhereverVcfEndsWithinALine) {
  test::RandomVariants random(3, 2);
  test::write_variants(path("x.vcf"), random.header(), random.records(3));
  const std::string whole = contents(path("x.vcf"));
  const std::size_t header_end = whole.find('\n', whole.find("\n#CHROM") + 1) + 1;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const std::string part = whole.substr(0, size);
    const bool is_whole = size >= header_end && part.ends_with('\n');
    folder_.write("part", part);
    folder_.write("part.gz", test::gzip(part));
    test::FedPipe pipe(part);
    for (const std::string& file : {path("part"), path("part.gz"), pipe.path()}) {
      if (is_whole) {
        EXPECT_NO_THROW(read_all(file)) << size;
        continue;
      }
      const test::Thrown error = thrown_by([&] { read_all(file); });
      EXPECT_EQ(error.code, ErrorCode::invalid_input) << size;
      if (size > header_end) {
        EXPECT_THAT(error.line, HasSubstr("ends within a line")) << size;
      }
    }
  }
}

TEST_F(BadVariants, AreRefusedWhereGzipIsTruncated) {
  const std::string whole = test::gzip(head);
  folder_.write("x.vcf.gz", whole);
  ASSERT_NO_THROW(read_all(path("x.vcf.gz")));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    folder_.write("part", whole.substr(0, size));
    EXPECT_EQ(thrown_by([this] { read_all(path("part")); }).code, ErrorCode::invalid_input) << size;
  }
}

TEST_F(BadVariants, AreRefusedWhereBytesAreDamaged) {
  test::RandomVariants random(4, 2);
  test::write_variants(path("x.bcf"), random.header(), random.records(20));
  std::string bytes = contents(path("x.bcf"));
  for (std::size_t i = 20; i + 60 < bytes.size(); i += 101) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    folder_.write("damaged", damaged);
    for (const int threads : {1, 2}) {
      EXPECT_EQ(thrown_by([&] { read_all(path("damaged"), threads); }).code, ErrorCode::invalid_input) << i;
    }
  }
}

TEST_F(BadVariants, MayBeSomethingElse) {
  folder_.write("empty.vcf", "");
  folder_.write("x.fa", ">x\nACGT\n");
  folder_.write("header.vcf", "##fileformat=VCFv4.2\n##contig=<ID=chr1>\n");
  folder_.write("x.sam", "@HD\tVN:1.6\n@SQ\tSN:a\tLN:5\n");
  for (const char* const name : {"empty.vcf", "x.fa", "header.vcf", "x.sam"}) {
    const test::Thrown error = thrown_by([&] { VariantReader reader(path(name)); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input) << name;
    EXPECT_THAT(error.line, HasSubstr(name));
  }
  EXPECT_EQ(thrown_by([&] { VariantReader reader(path("absent")); }).code, ErrorCode::io);
  EXPECT_EQ(thrown_by([&] { VariantReader reader(folder_.path().string()); }).code, ErrorCode::io);
}

TEST_F(BadVariants, CannotBeWrittenToAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  test::RandomVariants random(2, 2);
  const auto records = random.records(300);
  for (const VariantFormat format : {VariantFormat::vcf, VariantFormat::vcf_gz, VariantFormat::bcf}) {
    for (const int threads : {1, 2}) {
      const test::Thrown error = thrown_by([&] {
        VariantWriter writer("/dev/full", random.header(), {.format = format, .threads = IoThreads(threads)});
        for (const VariantRecord& record : records) writer.write(record);
        writer.commit();
      });
      EXPECT_EQ(error.code, ErrorCode::io);
      EXPECT_THAT(error.line, HasSubstr("cannot write '/dev/full': No space left on device"));
    }
  }
}

TEST_F(BadVariants, LeaveNoFileBehind) {
  test::RandomVariants random(2, 0);
  {
    VariantWriter writer(path("x.bcf"), random.header());
    for (const VariantRecord& record : random.records(10)) writer.write(record);
  }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(BadVariants, AreNotWritten) {
  test::RandomVariants random(2, 0);
  EXPECT_THAT(thrown_by([&] { VariantWriter writer(path("x.txt"), random.header()); }).line,
              HasSubstr("tells no format"));
  VariantWriter writer(path("x.bcf"), random.header());
  EXPECT_THAT(thrown_by([&] { writer.write(VariantRecord(random.header())); }).line, HasSubstr("no contig"));
  VariantHeader other = random.header();
  other.add_line("##INFO=<ID=ZZ,Number=1,Type=Integer,Description=\"z\">");
  EXPECT_THAT(thrown_by([&] { writer.write(VariantRecord(other)); }).line, HasSubstr("another header"));
  // The same header, read again.
  const test::RandomVariants same(2, 0);
  VariantRecord record(same.header());
  record.set_contig("chr1");
  EXPECT_THAT(thrown_by([&] { writer.write(record); }).line, HasSubstr("no reference allele"));
  record.set_alleles(std::vector<std::string>{"A"});
  EXPECT_NO_THROW(writer.write(record));
}

TEST_F(BadVariants, BeyondTwoGigabasesAreVcfOnly) {
  folder_.write("x.vcf",
                "##fileformat=VCFv4.2\n##contig=<ID=chr1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
                "chr1\t3000000000\t.\tA\t.\t.\t.\t.\n");
  VariantReader reader(path("x.vcf"));
  VariantRecord record;
  ASSERT_TRUE(reader.read(record));
  EXPECT_EQ(record.position(), 2999999999);
  VariantWriter text(path("y.vcf"), reader.header());
  EXPECT_NO_THROW(text.write(VariantRecord(record)));
  VariantWriter binary(path("y.bcf"), reader.header());
  EXPECT_THAT(thrown_by([&] { binary.write(record); }).line, HasSubstr("write VCF"));
}

}  // namespace
}  // namespace anneal::io
