// BLAST must report the same bit scores and E-values for its alignments.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "anneal/statistics.h"
#include "search/statistics/random_sequences.h"
#include "support/random.h"
#include "unit/base/temporary_folder.h"

namespace anneal::search {
namespace {

using Json = nlohmann::json;

/// Unrelated sequences, some of which hold a part of the query with more or less of it changed.
class RelatedSequences {
 public:
  explicit RelatedSequences(const SubstitutionMatrix& matrix)
      : matrix_(matrix), unrelated_(background(matrix), 3), random_(4) {}

  std::string unrelated(std::size_t length) {
    std::string sequence = unrelated_.next(length);
    for (char& letter : sequence) letter = matrix_.letters()[static_cast<std::size_t>(letter)];
    return sequence;
  }

  std::string relative(const std::string& query) {
    const double changed = 0.05 * random_.between(1, 14);
    const std::size_t begin = random_.below(query.size() / 2);
    const std::size_t length = 10 + random_.below(query.size() / 2);
    std::string part;
    for (const char letter : query.substr(begin, length)) {
      if (random_.chance(changed / 20)) continue;
      part += random_.chance(changed) ? unrelated(1) : std::string(1, letter);
      if (random_.chance(changed / 20)) part += unrelated(1 + random_.below(3));
    }
    return unrelated(random_.below(300)) + part + unrelated(random_.below(300));
  }

 private:
  const SubstitutionMatrix& matrix_;
  RandomSequences unrelated_;
  test::Random random_;
};

struct BlastCase {
  std::string program;  ///< with options
  SubstitutionMatrix matrix;
  int gap_open;
  int gap_extend;
  std::size_t query_length = 200;
  bool finite_size = true;  ///< BLAST's default for proteins
};

BlastCase protein(const std::string& matrix, int gap_open, int gap_extend, std::size_t query_length = 200) {
  return {.program = "blastp -comp_based_stats 0 -seg no -matrix " + matrix,
          .matrix = SubstitutionMatrix::builtin(matrix),
          .gap_open = gap_open,
          .gap_extend = gap_extend,
          .query_length = query_length};
}

BlastCase without_finite_size(BlastCase blast_case) {
  blast_case.program = "OLD_FSC=1 " + blast_case.program;
  blast_case.finite_size = false;
  return blast_case;
}

BlastCase dna(int match, int mismatch, int gap_open, int gap_extend, std::size_t query_length = 300) {
  return {.program = fmt::format("blastn -task blastn -dust no -strand plus -reward {} -penalty -{}", match, mismatch),
          .matrix = SubstitutionMatrix::match_mismatch(match, mismatch),
          .gap_open = gap_open,
          .gap_extend = gap_extend,
          .query_length = query_length,
          .finite_size = false};
}

/// A database, and what BLAST finds there.
class BlastSearch {
 public:
  explicit BlastSearch(const BlastCase& blast_case) {
    RelatedSequences sequences(blast_case.matrix);
    const std::string query = sequences.unrelated(blast_case.query_length);
    std::string database;
    for (int target = 0; target < 60; ++target) {
      const std::string letters = sequences.relative(query);
      database += fmt::format(">{}\n{}\n", target, letters);
      space_.letters += letters.size();
      ++space_.sequences;
    }
    folder_.write("query.fa", fmt::format(">query\n{}\n", query));
    folder_.write("database.fa", database);
    const bool is_protein = blast_case.matrix.alphabet() == Alphabet::protein;
    run(fmt::format("makeblastdb -dbtype {} -in {} -out {}", is_protein ? "prot" : "nucl", file("database.fa"),
                    file("database")));
    run(fmt::format("{} -gapopen {} -gapextend {} -evalue 1000 -outfmt 15 -query {} -db {} -out {}", blast_case.program,
                    blast_case.gap_open, blast_case.gap_extend, file("query.fa"), file("database"), file("hits.json")));
    std::ifstream report(folder_.path() / "hits.json");
    hits_ = Json::parse(report).at("BlastOutput2").at(0).at("report").at("results").at("search").at("hits");
  }

  const SearchSpace& space() const { return space_; }
  const Json& hits() const { return hits_; }

  static bool is_installed() { return std::system("blastp -version > /dev/null 2>&1") == 0; }

 private:
  std::string file(const char* name) const { return (folder_.path() / name).string(); }
  static void run(const std::string& command) {
    const std::string quiet = "BLAST_USAGE_REPORT=false " + command + " > /dev/null";
    if (std::system(quiet.c_str()) != 0) throw std::runtime_error("this failed: " + command);
  }

  test::TemporaryFolder folder_;
  SearchSpace space_;
  Json hits_;
};

/// BLAST reports what is less as 0.
constexpr double blast_zero = 1e-180;

std::string name_of(const testing::TestParamInfo<BlastCase>& info) {
  const BlastCase& blast_case = info.param;
  std::string name = fmt::format("{}_{}_{}_query_{}", blast_case.matrix.name(), blast_case.gap_open,
                                 blast_case.gap_extend, blast_case.query_length);
  std::ranges::replace_if(name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
  return name;
}

class StatisticsBlastTest : public testing::TestWithParam<BlastCase> {};

TEST_P(StatisticsBlastTest, ReportsTheSame) {
  if (!BlastSearch::is_installed()) GTEST_SKIP() << "blastp is not installed (package ncbi-blast+)";
  const BlastCase& blast_case = GetParam();
  Statistics statistics = Statistics::of(blast_case.matrix, blast_case.gap_open, blast_case.gap_extend);
  ASSERT_EQ(statistics.parameters().length_distribution.has_value(), blast_case.matrix.alphabet() == Alphabet::protein);
  if (!blast_case.finite_size) {
    ScoreParameters classic = statistics.parameters();
    classic.length_distribution.reset();
    statistics = Statistics(classic);
  }
  const BlastSearch blast(blast_case);
  int compared = 0;
  for (const Json& hit : blast.hits()) {
    const auto target_length = hit.at("len").get<std::uint64_t>();
    for (const Json& hsp : hit.at("hsps")) {
      const int score = hsp.at("score").get<int>();
      const double expected = hsp.at("evalue").get<double>();
      EXPECT_NEAR(statistics.bit_score(score), hsp.at("bit_score").get<double>(), 1e-3) << score;
      EXPECT_NEAR(statistics.evalue(score, blast_case.query_length, target_length, blast.space()), expected,
                  1e-4 * expected + blast_zero)
          << score << " in " << target_length;
      ++compared;
    }
  }
  EXPECT_GE(compared, 15);
}

INSTANTIATE_TEST_SUITE_P(Proteins, StatisticsBlastTest,
                         testing::Values(protein("BLOSUM62", 11, 1), protein("BLOSUM62", 9, 2, 40),
                                         protein("BLOSUM62", 9, 1, 1000), protein("BLOSUM50", 13, 2),
                                         protein("BLOSUM45", 15, 2), protein("BLOSUM90", 10, 1),
                                         protein("PAM30", 9, 1, 60), protein("PAM70", 10, 1), protein("PAM250", 14, 2)),
                         name_of);
INSTANTIATE_TEST_SUITE_P(LengthAdjustment, StatisticsBlastTest,
                         testing::Values(without_finite_size(protein("BLOSUM62", 11, 1)),
                                         without_finite_size(protein("BLOSUM62", 11, 1, 40)),
                                         without_finite_size(protein("BLOSUM62", 9, 1, 500)),
                                         without_finite_size(protein("PAM30", 9, 1, 60)),
                                         without_finite_size(protein("BLOSUM45", 16, 1, 150))),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Nucleotides, StatisticsBlastTest,
                         testing::Values(dna(2, 3, 5, 2), dna(1, 2, 2, 1), dna(1, 3, 2, 2, 50), dna(1, 1, 3, 1),
                                         dna(4, 5, 6, 5), dna(5, 4, 10, 6), dna(2, 4, 4, 2)),
                         name_of);

}  // namespace
}  // namespace anneal::search
