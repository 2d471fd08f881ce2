#include "align/cuda/end_shape.h"

#include <gtest/gtest.h>

#include <utility>

#include "align/cuda/end_programs.h"
#include "unit/align/recurrence/expect_ends.h"

namespace anneal::align::cuda {
namespace {

template <ScoreKind kind, EndShape shape>
void test_shape() {
  using Program = typename EndProgramOf<kind, shape>::type;
  SCOPED_TRACE(std::to_string(shape.rows) + " rows, " + std::to_string(shape.lanes) + " lanes, unit " +
               std::to_string(shape.unit));
  const int longest = shape.one_strip ? shape.height() : 3 * shape.height();
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
    if (shape.local != (mode == Mode::local)) continue;
    if constexpr (kind == ScoreKind::letters) {
      test::expect_letter_ends<Program>(mode, 12, longest, 300);
    } else {
      test::expect_matrix_ends<Program>(mode, kind == ScoreKind::matrix_dna ? Alphabet::dna : Alphabet::protein, 12,
                                        longest, 300);
    }
  }
}

template <ScoreKind kind, const auto& shapes, std::size_t... index>
void test_shapes(std::index_sequence<index...>) {
  (test_shape<kind, shapes[index]>(), ...);
}

TEST(EndShapes, FindLocalEndsByLetters) {
  test_shapes<ScoreKind::letters, local_letter_shapes>(std::make_index_sequence<std::size(local_letter_shapes)>());
}

TEST(EndShapes, FindGlobalEndsByLetters) {
  test_shapes<ScoreKind::letters, global_letter_shapes>(std::make_index_sequence<std::size(global_letter_shapes)>());
}

TEST(EndShapes, FindLocalEndsByMatrices) {
  test_shapes<ScoreKind::matrix_dna, local_matrix_shapes>(std::make_index_sequence<std::size(local_matrix_shapes)>());
  test_shapes<ScoreKind::matrix_protein, local_matrix_shapes>(
      std::make_index_sequence<std::size(local_matrix_shapes)>());
}

TEST(EndShapes, FindGlobalEndsByMatrices) {
  test_shapes<ScoreKind::matrix_protein, global_matrix_shapes>(
      std::make_index_sequence<std::size(global_matrix_shapes)>());
}

}  // namespace
}  // namespace anneal::align::cuda
