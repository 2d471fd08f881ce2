// The program of a kernel in the tables of end_shape.h.
#pragma once

#include "align/cuda/end_shape.h"
#include "align/gpu/end_scoring.h"
#include "align/recurrence/end_program.h"
#include "align/recurrence/letter_scores.h"
#include "align/recurrence/matrix_scores.h"
#include "align/recurrence/paired_letter_scores.h"

namespace anneal::align::cuda {

template <ScoreKind kind, class Form, int rows, int columns>
struct ScoresOf {
  using type = recurrence::MatrixScores<Form, rows, matrix_letters, columns>;
};
template <class Form, int rows, int columns>
struct ScoresOf<ScoreKind::letters, Form, rows, columns> {
  using type = recurrence::LetterScores<Form, rows, columns>;
};
template <class Form, int rows, int columns>
  requires Form::has_dust
struct ScoresOf<ScoreKind::letters, Form, rows, columns> {
  using type = recurrence::PairedLetterScores<Form, rows, columns>;
};

template <ScoreKind kind, EndShape shape>
struct EndProgramOf {
  static constexpr EndForm form = shape.form;
  using Form = recurrence::Form<form.parts, form.local, form.unit, form.bias, form.keeps_row>;
  using Scores = typename ScoresOf<kind, Form, shape.rows, shape.columns>::type;
  using Strip = recurrence::Strip<Form, Scores, shape.columns>;
  using type = recurrence::EndProgram<Strip, shape.lanes, shape.one_strip, shape.unrolled, shape.checkpoint_lanes>;
};

}  // namespace anneal::align::cuda
