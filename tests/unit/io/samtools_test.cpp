// samtools must read what the SAM writer writes, and find the same MD and NM.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "io/record_writer.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/sample_pair.h"

namespace anneal::io {
namespace {

constexpr int pair_count = 500;

class RandomPairs {
 public:
  // A random path, and a query that takes it.
  test::SamplePair next(int number) {
    test::SamplePair pair;
    pair.query_name = fmt::format("q{}", number);
    pair.target_name = fmt::format("t{}", number);
    pair.target = letters(20 + below(200));
    const std::size_t begin = below(5), clip = below(4);
    pair.query = letters(clip);
    pair.cigar.clear();
    std::size_t position = begin;
    CigarOp::Code last = CigarOp::insertion;
    while (position + 12 < pair.target.size()) {
      constexpr CigarOp::Code codes[] = {CigarOp::equal, CigarOp::mismatch, CigarOp::insertion, CigarOp::deletion};
      const CigarOp op(codes[pair.cigar.empty() ? 0 : below(4)], static_cast<std::uint32_t>(1 + below(6)));
      if (op.code() == last) continue;
      last = op.code();
      take(pair, op, position);
    }
    pair.alignment = {.score = 1,
                      .query_begin = static_cast<std::int32_t>(clip),
                      .query_end = static_cast<std::int32_t>(pair.query.size()),
                      .target_begin = static_cast<std::int32_t>(begin),
                      .target_end = static_cast<std::int32_t>(position),
                      .status = Status::aligned};
    pair.query += letters(below(4));
    pair.reverse = below(2) == 1;
    if (below(2) == 1) pair.quality.assign(pair.query.size(), 'F');
    return pair;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string letters(std::size_t count) {
    std::string text;
    while (text.size() < count) text += "ACGT"[below(4)];
    return text;
  }
  void take(test::SamplePair& pair, CigarOp op, std::size_t& position) {
    pair.cigar.push_back(op);
    for (std::uint32_t i = 0; i < op.length(); ++i) {
      if (op.code() == CigarOp::insertion) {
        pair.query += letters(1);
        continue;
      }
      const char letter = pair.target[position++];
      if (op.code() == CigarOp::equal) pair.query += letter;
      if (op.code() == CigarOp::mismatch) pair.query += letter == 'A' ? 'C' : letter == 'C' ? 'N' : 'A';
    }
  }
  std::mt19937 random_{7};
};

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Samtools : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (std::system("samtools --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "samtools is not installed";
  }
  // Runs a command in the folder and returns what it printed.
  std::string run(const std::string& command) const {
    const std::string in_folder = "cd '" + folder_.path().string() + "' && " + command + " >out 2>err";
    EXPECT_EQ(std::system(in_folder.c_str()), 0) << contents(folder_.path() / "err");
    return contents(folder_.path() / "out");
  }
  test::TemporaryFolder folder_;
};

TEST_P(Samtools, AgreesOnEveryRecord) {
  RandomPairs random;
  std::vector<test::SamplePair> pairs;
  pairs.reserve(pair_count + 1);
  for (int i = 0; i < pair_count; ++i) pairs.push_back(random.next(i));
  pairs.push_back(test::SamplePair::unaligned());

  std::vector<Reference> references;
  std::string fasta, records;
  const auto writer = find_record_format("sam").make({.eqx = GetParam(), .version = "1"});
  for (const test::SamplePair& pair : pairs) {
    references.push_back({pair.target_name, static_cast<std::int64_t>(pair.target.size())});
    if (pair.alignment.status != Status::aligned) references.back().name = "other";
    fasta += fmt::format(">{}\n{}\n", references.back().name, pair.target);
    writer->append(records, pair.record());
  }
  std::string sam;
  writer->append_header(sam, references);
  folder_.write("x.sam", sam + records);
  folder_.write("x.fa", fasta);

  EXPECT_EQ(run("samtools view -c x.sam"), std::to_string(pairs.size()) + "\n");
  EXPECT_EQ(run("samtools view -b x.sam | samtools view"), records) << "through BAM";
  run("samtools calmd x.sam x.fa");
  const std::string complaints = contents(folder_.path() / "err");
  EXPECT_EQ(complaints.find("different"), std::string::npos) << "samtools finds another NM or MD: " << complaints;
  EXPECT_EQ(run("samtools calmd x.sam x.fa | samtools view"), records);
}

INSTANTIATE_TEST_SUITE_P(Styles, Samtools, testing::Bool(),
                         [](const auto& style) { return style.param ? "EqualAndMismatch" : "Match"; });

}  // namespace
}  // namespace anneal::io
