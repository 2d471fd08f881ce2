// The program of a kernel in the tables of end_shape.h.
#pragma once

#include "align/cuda/end_shape.h"
#include "align/recurrence/end_program.h"
#include "align/recurrence/letter_scores.h"
#include "align/recurrence/matrix_scores.h"

namespace anneal::align::cuda {

/// Letters of the matrices that a kind takes; 0: none.
constexpr int matrix_letters(ScoreKind kind) {
  return kind == ScoreKind::matrix_dna       ? 5
         : kind == ScoreKind::matrix_protein ? 25
         : kind == ScoreKind::matrix_any     ? 32
                                             : 0;
}

template <ScoreKind kind, class Form, int rows>
struct ScoresOf {
  using type = recurrence::MatrixScores<Form, rows, matrix_letters(kind)>;
};
template <class Form, int rows>
struct ScoresOf<ScoreKind::letters, Form, rows> {
  using type = recurrence::LetterScores<Form, rows>;
};

template <ScoreKind kind, EndShape shape>
struct EndProgramOf {
  using Form = recurrence::Form<shape.parts, shape.local, shape.unit, shape.bias>;
  using Strip = recurrence::Strip<Form, typename ScoresOf<kind, Form, shape.rows>::type>;
  using type = recurrence::EndProgram<Strip, shape.lanes, shape.one_strip>;
};

}  // namespace anneal::align::cuda
