// samtools must read what the SAM writer writes, and find the same MD and NM.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "io/record_writer.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/owned_hits.h"
#include "unit/io/random_paths.h"

namespace anneal::io {
namespace {

constexpr int pair_count = 500;

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
  test::RandomPaths random(7);
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

TEST_P(Samtools, AgreesOnEveryHitOfASearch) {
  test::RandomPaths random(8);
  std::vector<test::OwnedHits> queries;
  std::string fasta;
  for (int i = 0; i < pair_count; ++i) {
    const test::SamplePair pair = random.next(i);
    fasta += fmt::format(">{}\n{}\n", pair.target_name, pair.target);
    queries.push_back(test::OwnedHits::of(pair));
    queries.back().number = static_cast<std::uint64_t>(i);
  }
  for (int i = 0; i < pair_count; i += 3) queries[static_cast<std::size_t>(i)].hits.clear();
  const SubstitutionMatrix matrix = SubstitutionMatrix::match_mismatch(1, 4);
  folder_.write("x.sam", test::format_hits("sam", queries, {.matrix = matrix, .eqx = GetParam(), .version = "1"}));
  folder_.write("x.fa", fasta);

  const std::string records = run("samtools view x.sam");
  EXPECT_EQ(run("samtools view -c x.sam"), std::to_string(pair_count) + "\n");
  EXPECT_EQ(run("samtools view -c -f 4 x.sam"), std::to_string((pair_count + 2) / 3) + "\n");
  EXPECT_EQ(run("samtools view -b x.sam | samtools view"), records) << "through BAM";
  run("samtools calmd x.sam x.fa");
  const std::string complaints = contents(folder_.path() / "err");
  EXPECT_EQ(complaints.find("different"), std::string::npos) << "samtools finds another NM or MD: " << complaints;
}

INSTANTIATE_TEST_SUITE_P(Styles, Samtools, testing::Bool(),
                         [](const auto& style) { return style.param ? "EqualAndMismatch" : "Match"; });

}  // namespace
}  // namespace anneal::io
