#include "align/cuda/end_shape.h"

#include <gtest/gtest.h>

#include <utility>

#include "align/cuda/end_programs.h"
#include "unit/align/recurrence/expect_ends.h"

namespace anneal::align::cuda {
namespace {

template <ScoreKind kind, EndShape shape>
void test_shape(Alphabet alphabet) {
  using Program = typename EndProgramOf<kind, shape>::type;
  SCOPED_TRACE(std::to_string(shape.rows) + " rows, " + std::to_string(shape.lanes) + " lanes, unit " +
               std::to_string(shape.form.unit));
  const int longest = shape.one_strip ? shape.height() : 3 * shape.height();
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
    if (shape.form.local != (mode == Mode::local)) continue;
    if constexpr (kind == ScoreKind::letters) {
      test::expect_letter_ends<Program>(mode, 12, longest, 300);
    } else {
      test::expect_matrix_ends<Program>(mode, alphabet, 12, longest, 300);
    }
  }
}

template <ScoreKind kind, const auto& shapes, std::size_t... index>
void test_shapes(Alphabet alphabet, std::index_sequence<index...>) {
  (test_shape<kind, shapes[index]>(alphabet), ...);
}
template <ScoreKind kind, const auto& shapes>
void test_shapes(Alphabet alphabet) {
  test_shapes<kind, shapes>(alphabet, std::make_index_sequence<std::size(shapes)>());
}

TEST(EndShapes, FindLocalEndsByLetters) { test_shapes<ScoreKind::letters, local_letter_shapes>(Alphabet::dna); }

TEST(EndShapes, FinishUndecidedPairs) { test_shapes<ScoreKind::letters, undecided_shapes>(Alphabet::dna); }

TEST(EndShapes, FindGlobalEndsByLetters) { test_shapes<ScoreKind::letters, global_letter_shapes>(Alphabet::dna); }

TEST(EndShapes, FindLocalEndsByMatrices) {
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    test_shapes<ScoreKind::matrix, local_matrix_shapes>(alphabet);
  }
}

TEST(EndShapes, FindGlobalEndsByMatrices) {
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    test_shapes<ScoreKind::matrix, global_matrix_shapes>(alphabet);
  }
}

}  // namespace
}  // namespace anneal::align::cuda
