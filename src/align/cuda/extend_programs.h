// The program of a kernel in the tables of extend_shape.h.
#pragma once

#include <type_traits>

#include "align/cuda/extend_shape.h"
#include "align/recurrence/extend_program.h"
#include "align/recurrence/extend_rows_program.h"
#include "align/recurrence/extend_scores.h"

namespace anneal::align::cuda {

template <ExtendShape shape>
struct ExtendProgramOf {
  using Scores = std::conditional_t<shape.letters == ExtendLetters::few, recurrence::FewLetterScores<shape.cells>,
                                    recurrence::AnyLetterScores<shape.cells>>;
  using type = recurrence::ExtendProgram<Scores, shape.lanes, shape.cells>;
};
template <ExtendShape shape>
  requires(shape.in_memory())
struct ExtendProgramOf<shape> {
  using type = recurrence::ExtendRowsProgram<shape.lanes>;
};

}  // namespace anneal::align::cuda
