#include "align/recurrence/path_program.h"

#include <gtest/gtest.h>

#include "unit/align/recurrence/expect_paths.h"

namespace anneal::align::recurrence {
namespace {

constexpr Mode traced_modes[] = {Mode::local, Mode::global, Mode::ends_free, Mode::extend};

/// Options at random, `rounds` for each mode; at least `least` paths must be compared.
template <class Program>
void test_matrix_paths(Alphabet alphabet, int rounds, int longest_query, int longest_target, int least) {
  test::Random random(11);
  int compared = 0;
  for (int round = 0; round < rounds; ++round) {
    for (const Mode mode : traced_modes) {
      const test::PathSample sample =
          test::path_sample(random, mode, alphabet, Program::banded, 10, longest_query, longest_target);
      const gpu::PathScoring scoring = gpu::matrix_path_scoring(sample.options);
      if (scoring.highest_raised > Program::Scores::highest_raised) continue;
      compared += test::expect_paths<Program>(sample.options, sample.paths, scoring);
    }
  }
  EXPECT_GE(compared, least);
}

template <class Program>
void test_letter_paths(int longest_query, int longest_target) {
  static constexpr struct {
    int match, mismatch, gap_open, gap_extend;
  } costs[] = {{1, 4, 6, 1}, {2, 4, 4, 2}, {1, 1, 0, 1}, {5, 4, 8, 6}, {1, 1, 1, 0}, {3, 20, 2, 0}, {1, 0, 0, 0}};
  test::Random random(12);
  int compared = 0;
  for (const auto& cost : costs) {
    for (const Mode mode : traced_modes) {
      AlignOptions options;
      options.mode = mode;
      options.matrix = SubstitutionMatrix::match_mismatch(cost.match, cost.mismatch);
      options.gap_open = cost.gap_open;
      options.gap_extend = cost.gap_extend;
      options.free_ends = test::free_ends_of(static_cast<unsigned>(random.below(16)));
      const gpu::PathScoring scoring = gpu::letter_path_scoring(options);
      ASSERT_FALSE(scoring.table.empty());
      test::PairSet pairs = test::random_pairs(random, Alphabet::dna, 20, {1, longest_query}, {1, longest_target});
      std::vector<test::KnownPath> paths;
      for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
        std::string query = pairs.query(pair);
        for (char& letter : query) letter = options.matrix.code(static_cast<unsigned char>(letter)) > 3 ? 'A' : letter;
        if (const auto path = test::known_path(options, {query, pairs.target(pair)}, 0)) paths.push_back(*path);
      }
      compared += test::expect_paths<Program>(options, paths, scoring);
    }
  }
  EXPECT_GT(compared, 300);
}

TEST(PathProgram, FindsPathsByLetters) {
  test_letter_paths<test::LetterPaths<1, 8, 4>>(150, 200);
  test_letter_paths<test::LetterPaths<2, 8, 4>>(150, 200);
  test_letter_paths<test::LetterPaths<2, 16, 2>>(100, 100);
  test_letter_paths<test::LetterPaths<1, 16, 32>>(600, 100);
}

TEST(PathProgram, FindsPathsByMatrices) {
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    test_matrix_paths<test::MatrixPaths<1, 8, 4>>(alphabet, 20, 150, 150, 400);
    test_matrix_paths<test::MatrixPaths<2, 8, 4>>(alphabet, 40, 150, 150, 300);
    test_matrix_paths<test::MatrixPaths<2, 4, 8>>(alphabet, 20, 100, 200, 100);
    test_matrix_paths<test::MatrixPaths<1, 16, 32>>(alphabet, 10, 700, 100, 250);
  }
}

TEST(PathProgram, FindsPathsStripByStrip) {
  test_letter_paths<test::LetterPaths<2, 8, 4, false, true>>(150, 200);
  test_letter_paths<test::LetterPaths<1, 8, 2, false, true>>(150, 200);
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    test_matrix_paths<test::MatrixPaths<1, 8, 4, false, true>>(alphabet, 20, 150, 150, 400);
    test_matrix_paths<test::MatrixPaths<2, 4, 8, false, true>>(alphabet, 20, 200, 200, 100);
    test_matrix_paths<test::MatrixPaths<1, 8, 4, true, true>>(alphabet, 30, 150, 150, 400);
  }
}

TEST(PathProgram, HonoursBands) {
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    test_matrix_paths<test::MatrixPaths<1, 8, 4, true>>(alphabet, 60, 150, 150, 400);
    test_matrix_paths<test::MatrixPaths<1, 16, 32, true>>(alphabet, 10, 700, 700, 80);
  }
}

}  // namespace
}  // namespace anneal::align::recurrence
