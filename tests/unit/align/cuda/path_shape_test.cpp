#include "align/cuda/path_shape.h"

#include <gtest/gtest.h>

#include <utility>

#include "align/cuda/path_programs.h"
#include "unit/align/recurrence/expect_paths.h"

namespace anneal::align::cuda {
namespace {

/// Pairs of a strip and of several.
template <ScoreKind kind, PathShape shape>
void test_shape(Alphabet alphabet) {
  using Program = typename PathProgramOf<kind, shape>::type;
  SCOPED_TRACE(std::to_string(shape.parts) + " parts, " + std::to_string(shape.rows) + " rows, " +
               std::to_string(shape.lanes) + " lanes");
  test::Random random(21);
  int compared = 0;
  for (int round = 0; round < 12; ++round) {
    for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
      const int longest = round % 3 == 0 ? 3 * shape.height() : shape.height();
      test::PathSample sample = test::path_sample(random, mode, alphabet, shape.banded, 2, longest, longest);
      if (kind == ScoreKind::letters) {
        // Queries that have an N are not for these kernels.
        std::erase_if(sample.paths, [](const test::KnownPath& path) {
          return std::ranges::any_of(path.encoded.query, [](char code) { return code > 3; });
        });
      }
      const PathScoring scoring =
          kind == ScoreKind::letters ? letter_path_scoring(sample.options) : matrix_path_scoring(sample.options);
      if (scoring.table.empty() || scoring.highest_raised > Program::Scores::highest_raised) continue;
      compared += test::expect_paths<Program>(sample.options, sample.paths, scoring);
    }
  }
  EXPECT_GT(compared, 20);
}

template <ScoreKind kind, const auto& shapes, std::size_t... index>
void test_shapes(Alphabet alphabet, std::index_sequence<index...>) {
  (test_shape<kind, shapes[index]>(alphabet), ...);
}
template <ScoreKind kind, const auto& shapes>
void test_shapes(Alphabet alphabet) {
  test_shapes<kind, shapes>(alphabet, std::make_index_sequence<std::size(shapes)>());
}

TEST(PathShapes, FindPathsByLetters) { test_shapes<ScoreKind::letters, letter_path_shapes>(Alphabet::dna); }

TEST(PathShapes, FindPathsByMatrices) { test_shapes<ScoreKind::matrix, matrix_path_shapes>(Alphabet::protein); }

TEST(PathShapes, HonourBands) { test_shapes<ScoreKind::matrix, banded_path_shapes>(Alphabet::dna); }

}  // namespace
}  // namespace anneal::align::cuda
