#include "align/cpu/diagonal_runs.h"

#include <gtest/gtest.h>

#include "align/cigar_text.h"
#include "align/encoder.h"
#include "support/random.h"
#include "support/test_settings.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

constexpr Boundary local{
    .local = true, .query_begin_free = true, .target_begin_free = true, .gap_open = 6, .gap_extend = 1};
constexpr Boundary global{.gap_open = 6, .gap_extend = 1};

/// "begin of query, begin of target, CIGAR", or "gapped".
std::string found(const std::string& query, const std::string& target, std::int64_t score, const Boundary& boundary,
                  const SubstitutionMatrix& matrix, const Kernels& kernels) {
  const Encoder encoder(matrix, Letters::ascii);
  std::vector<std::uint8_t> q(query.size()), t(target.size());
  encoder.encode(query, q.data());
  encoder.encode(target, t.data());
  const ScoreTable scores(matrix);
  std::vector<CigarOp> cigar{CigarOp(CigarOp::insertion, 9)};
  const Problem problem{.query = q, .target = t, .boundary = boundary, .matrix = &matrix};
  Traceback walk(problem, problem.rows(), problem.columns(), score, cigar);
  if (!DiagonalRuns(kernels, scores, matrix).take_to_begin(problem, walk)) return "gapped";
  EXPECT_TRUE(walk.done());
  walk.finish();
  std::string text;
  append_cigar(text, cigar);
  EXPECT_TRUE(text.starts_with("9I")) << "what was there stays";
  return std::to_string(walk.i()) + " " + std::to_string(walk.j()) + " " + text.substr(2);
}

TEST(DiagonalRuns, LeadToTheBegin) {
  const auto dna = SubstitutionMatrix::match_mismatch(1, 4);
  for (const auto& [name, kernels] : test::vector_backends()) {
    SCOPED_TRACE(name);
    const auto path = [&](const char* q, const char* t, std::int64_t score, const Boundary& boundary) {
      return found(q, t, score, boundary, dna, *kernels);
    };
    EXPECT_EQ(path("TTACGT", "GGGACGT", 4, local), "2 3 4=");
    EXPECT_EQ(path("ACGTACGTA", "ACGTACGTC", 8, local), "gapped") << "the letters end in a mismatch";
    EXPECT_EQ(path("AAAAAAAAAACAAAAA", "AAAAAAAAAAGAAAAA", 11, local), "0 0 10=1X5=");
    EXPECT_EQ(path("AAAAACAAAAA", "AAAAAGAAAAA", 5, local), "6 6 5=");
    EXPECT_EQ(path("ACGN", "ACGN", 2, global), "0 0 3=1X");
    EXPECT_EQ(path("ACGT", "ACGT", 4, global), "0 0 4=");
    EXPECT_EQ(path("ACGT", "ACGT", 5, global), "gapped");
    EXPECT_EQ(path("ACGT", "TTACGT", 4 - 8, global), "0 0 2D4=");
    EXPECT_EQ(path("TTTACGT", "ACGT", 4 - 9, global), "0 0 3I4=");
    EXPECT_EQ(path("ACGT", "TTACGT", 4, {.target_begin_free = true, .gap_open = 6, .gap_extend = 1}), "0 2 4=");
  }
}

TEST(DiagonalRuns, FindTheBeginThatStepsByOneColumnFind) {
  test::Random random(test::seed_of("DiagonalRuns"));
  for (int round = 0; round < 300; ++round) {
    const int match = random.between(1, 3), mismatch = random.between(1, 5);
    const auto dna = SubstitutionMatrix::match_mismatch(match, mismatch);
    const int length = random.between(1, 250);
    const double errors = random.chance(0.2) ? 0.6 : 0.1;
    std::string query, target;
    for (int k = 0; k < length; ++k) {
      query += random.pick(std::string_view("ACGT"));
      target += random.chance(errors) ? 'A' : query.back();
    }
    // The best score of an alignment of the last letters, and the last letter that begins one.
    int best = 0, score = 0, begin = length;
    for (int k = length - 1; k >= 0; --k) {
      score += query[k] == target[k] ? match : -mismatch;
      if (score > best) best = score, begin = k;
    }
    if (best == 0) continue;
    std::string path = std::to_string(begin) + " " + std::to_string(begin) + " ";
    std::vector<CigarOp> ops;
    CigarBuilder builder(ops);
    for (int k = length - 1; k >= begin; --k) {
      builder.prepend(query[k] == target[k] ? CigarOp::equal : CigarOp::mismatch, 1);
    }
    builder.finish();
    append_cigar(path, ops);
    for (const auto& [name, kernels] : test::vector_backends()) {
      EXPECT_EQ(found(query, target, best, local, dna, *kernels), path) << name;
      EXPECT_EQ(found(query, target, best + 1, local, dna, *kernels), "gapped") << name;
    }
  }
}

TEST(DiagonalRuns, TakeAnyMatrix) {
  const auto protein = SubstitutionMatrix::builtin("BLOSUM62");
  for (const auto& [name, kernels] : test::vector_backends()) {
    EXPECT_EQ(found("WWHEA", "PWHDA", 11 + 8 + 2 + 4, local, protein, *kernels), "1 1 2=1X1=") << name;
  }
}

TEST(EqualLetters, SetsABitForEach) {
  test::Random random(test::seed_of("EqualLetters"));
  for (const auto& [name, kernels] : test::vector_backends()) {
    for (const std::size_t count : {0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 200}) {
      std::vector<std::uint8_t> a(count), b(count);
      for (auto& code : a) code = static_cast<std::uint8_t>(random.below(4));
      for (auto& code : b) code = static_cast<std::uint8_t>(random.below(4));
      std::vector<std::uint64_t> bits(count / 64 + 1);
      EXPECT_TRUE(kernels->equal_letters(a.data(), b.data(), count, bits.data())) << name;
      for (std::size_t k = 0; k < count; ++k) EXPECT_EQ(bits[k / 64] >> (k % 64) & 1, a[k] == b[k] ? 1u : 0u);
      if (count == 0) continue;
      b.back() = 4;
      EXPECT_FALSE(kernels->equal_letters(a.data(), b.data(), count, bits.data())) << name;
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
