#include "anneal/statistics.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>
#include <string>

#include "anneal/error.h"
#include "search/statistics/make_statistics.h"
#include "unit/base/temporary_folder.h"

namespace anneal::search {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr SimulationSize small{.pairs = 2'000, .path_pairs = 500, .probe_pairs = 500, .sequence_length = 400};
constexpr SearchSpace swissprot{.letters = 200'000'000, .sequences = 570'000};

Statistics blosum62() { return Statistics::of(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1); }

Statistics simulated(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) {
  return make_statistics(matrix, gap_open, gap_extend, 0, ParameterStore(base::KeyedCache(std::nullopt)), small);
}

TEST(Statistics, AreThosePublishedWhereTheScoresAre) {
  EXPECT_EQ(blosum62().parameters().lambda, 0.267);
  EXPECT_EQ(blosum62().parameters().k, 0.041);
  EXPECT_THAT(std::string(blosum62().source()), HasSubstr("published"));
}

/// Its letters but the last, and `changed` instead of its score of A and A.
std::string text_of(const SubstitutionMatrix& matrix, int changed) {
  std::string text;
  const int size = matrix.size() - 1;
  for (int letter = 0; letter < size; ++letter) text += fmt::format(" {}", matrix.letters()[letter]);
  for (int query = 0; query < size; ++query) {
    text += fmt::format("\n{}", matrix.letters()[query]);
    for (int target = 0; target < size; ++target) {
      text += fmt::format(" {}", query == 0 && target == 0 ? changed : matrix.score(query, target));
    }
  }
  return text + "\n";
}

TEST(Statistics, GoByTheScoresNotTheName) {
  const SubstitutionMatrix original = SubstitutionMatrix::builtin("BLOSUM62");
  const auto same = SubstitutionMatrix::parse(text_of(original, 4), "BLOSUM50", Alphabet::protein);
  EXPECT_EQ(Statistics::of(same, 11, 1).parameters(), blosum62().parameters());
  const auto other = SubstitutionMatrix::parse(text_of(original, 5), "BLOSUM62", Alphabet::protein);
  EXPECT_EQ(simulated(other, 11, 1).parameters().source, ParameterSource::simulated);
}

TEST(Statistics, OfDnaAreDividedByWhatDividesTheScores) {
  const ScoreParameters once = Statistics::of(SubstitutionMatrix::match_mismatch(1, 2), 2, 1).parameters();
  const ScoreParameters twice = Statistics::of(SubstitutionMatrix::match_mismatch(2, 4), 4, 2).parameters();
  EXPECT_EQ(once.source, ParameterSource::published);
  EXPECT_EQ(once.lambda, 1.29);
  EXPECT_EQ(twice.lambda, once.lambda / 2);
  EXPECT_EQ(twice.k, once.k);
  EXPECT_EQ(twice.length.slope, once.length.slope / 2);
  // Megablast's gaps of 1 / 2 + 3 per letter, doubled.
  EXPECT_EQ(Statistics::of(SubstitutionMatrix::match_mismatch(2, 6), 0, 7).parameters().k, 0.711);
}

TEST(Statistics, OfDearGapsAreThoseWithout) {
  const ScoreParameters parameters = Statistics::of(SubstitutionMatrix::match_mismatch(1, 1), 40, 40).parameters();
  EXPECT_EQ(parameters.source, ParameterSource::ungapped_theory);
  EXPECT_NEAR(parameters.lambda, std::log(3), 1e-12);
}

// BLAST's BLOSUM80 is another matrix.
TEST(Statistics, OfBlosum80AreSimulated) {
  const SubstitutionMatrix blosum80 = SubstitutionMatrix::builtin("BLOSUM80");
  const ScoreParameters parameters = simulated(blosum80, 16, 2).parameters();
  EXPECT_EQ(parameters.source, ParameterSource::simulated);
  EXPECT_GT(parameters.lambda, 0.15);
  EXPECT_LT(parameters.lambda, 0.23);  // ln 2 / 3 in third bits, without gaps
  EXPECT_THAT(std::string(simulated(blosum80, 10, 1).unavailable_reason()), HasSubstr("gaps are so cheap"));
}

TEST(Statistics, ExpectAsManyAsAreFound) {
  const Statistics statistics = blosum62();
  EXPECT_NEAR(statistics.bit_score(0), -std::log2(0.041), 1e-12);
  EXPECT_NEAR(statistics.bit_score(101) - statistics.bit_score(100), 0.267 / std::log(2), 1e-12);
  const double once = statistics.evalue(100, 300, 350, swissprot);
  EXPECT_NEAR(statistics.evalue(100, 300, 350, {2 * swissprot.letters, swissprot.sequences}), 2 * once, 1e-9 * once);
}

TEST(Statistics, NeverExpectMoreOfAHigherScore) {
  for (const Statistics& statistics : {blosum62(), Statistics::of(SubstitutionMatrix::builtin("PAM30"), 9, 1),
                                       Statistics::of(SubstitutionMatrix::match_mismatch(2, 3), 5, 2)}) {
    for (const std::uint64_t query_length : {0, 10, 300, 40'000}) {
      for (const std::uint64_t target_length : {0, 10, 300, 40'000}) {
        double before = std::numeric_limits<double>::infinity();
        for (int score = 0; score < 5'000; ++score) {
          const double evalue = statistics.evalue(score, query_length, target_length, swissprot);
          ASSERT_GE(evalue, 0) << score;
          ASSERT_LE(evalue, before) << score << ' ' << query_length << ' ' << target_length;
          before = evalue;
        }
        EXPECT_EQ(statistics.evalue(1 << 30, query_length, target_length, swissprot), 0);
      }
    }
  }
}

TEST(Statistics, SayWhyThereAreNone) {
  const Statistics positive = Statistics::of(SubstitutionMatrix::match_mismatch(5, 1), 10, 10);
  EXPECT_THAT(std::string(positive.unavailable_reason()), HasSubstr("must be below 0"));
  const Statistics hopeless = Statistics::of(SubstitutionMatrix::match_mismatch(0, 1), 10, 10);
  EXPECT_THAT(std::string(hopeless.unavailable_reason()), HasSubstr("no nucleotides that score above 0"));
  EXPECT_THROW(hopeless.bit_score(3), Error);
  EXPECT_THROW(hopeless.evalue(3, 1, 1, swissprot), Error);
  EXPECT_EQ(blosum62().unavailable_reason(), "");
}

TEST(Statistics, NameGapCostsThatHaveThem) {
  const std::regex costs(R"(\(.* has E-values with (\d+) \+ n \* (\d+)\)$)");
  for (const std::string_view name : SubstitutionMatrix::builtin_names()) {
    const SubstitutionMatrix matrix = SubstitutionMatrix::builtin(name);
    const std::string reason(simulated(matrix, 1, 1).unavailable_reason());
    std::smatch found;
    ASSERT_TRUE(std::regex_search(reason, found, costs)) << name << ": " << reason;
    EXPECT_EQ(simulated(matrix, std::stoi(found[1]), std::stoi(found[2])).unavailable_reason(), "") << name;
  }
  const Statistics dna = simulated(SubstitutionMatrix::match_mismatch(1, 4), 0, 0);
  EXPECT_THAT(std::string(dna.unavailable_reason()), EndsWith("use dearer ones"));
}

TEST(Statistics, RefuseWhatIsOutOfRange) {
  EXPECT_THROW(Statistics::of(SubstitutionMatrix::match_mismatch(1, 2), -1, 1), Error);
  EXPECT_THROW(Statistics::of(SubstitutionMatrix::match_mismatch(1, 2), 1, 32'768), Error);
  EXPECT_THROW(Statistics(ScoreParameters{.lambda = 0, .k = 1}), Error);
  EXPECT_THROW(Statistics(ScoreParameters{.lambda = 1, .k = NAN}), Error);
  EXPECT_THROW(Statistics(ScoreParameters{.lambda = 1, .k = 1, .score_step = 0}), Error);
}

TEST(Statistics, AreSimulatedOnce) {
  const test::TemporaryFolder folder;
  const ParameterStore store{base::KeyedCache(folder.path())};
  const SubstitutionMatrix matrix = SubstitutionMatrix::match_mismatch(1, 1);
  const ScoreParameters first = make_statistics(matrix, 1, 1, 0, store, small).parameters();
  EXPECT_EQ(first.source, ParameterSource::simulated);
  EXPECT_EQ(make_statistics(matrix, 1, 1, 0, store, small).parameters(), first);
  // That it is read, other numbers show.
  store.store(matrix, 1, 1,
              {.parameters = SimulatedParameters{.lambda = 0.8, .k = 0.1, .length = {4, -1}}, .failure = {}});
  EXPECT_EQ(make_statistics(matrix, 1, 1, 0, store, small).parameters().lambda, 0.8);
  EXPECT_EQ(make_statistics(matrix, 1, 1, 0, store, small).parameters().h, 0.2);
}

}  // namespace
}  // namespace anneal::search
