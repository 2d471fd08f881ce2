// The program of a kernel in the tables of path_shape.h.
#pragma once

#include "align/cuda/end_programs.h"
#include "align/cuda/path_shape.h"
#include "align/recurrence/checkpoint_path_program.h"
#include "align/recurrence/path_program.h"

namespace anneal::align::cuda {

template <ScoreKind kind, class Form, int rows>
struct PathScoresOf {
  using type = recurrence::MatrixScores<Form, rows, matrix_letters>;
};
template <class Form, int rows>
struct PathScoresOf<ScoreKind::letters, Form, rows> {
  using type = recurrence::LetterScores<Form, rows>;
};

template <ScoreKind kind, PathShape shape>
struct PathProgramOf {
  using Form = recurrence::PathForm<shape.parts>;
  using Scores = typename PathScoresOf<kind, Form, shape.rows>::type;
  using type = recurrence::PathProgram<recurrence::PathStrip<Form, Scores>, shape.lanes, shape.banded, shape.retraces>;
};

template <ScoreKind kind, PathShape shape>
struct CheckpointPathProgramOf {
  using Form = recurrence::PathForm<shape.parts>;
  using Scores = typename PathScoresOf<kind, Form, shape.rows>::type;
  using type = recurrence::CheckpointPathProgram<recurrence::PathStrip<Form, Scores>, shape.lanes>;
};

}  // namespace anneal::align::cuda
