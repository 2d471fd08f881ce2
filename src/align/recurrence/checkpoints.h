// Rows of a pair's matrix that the program which found its end has kept, so that the path can be found from there.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/form.h"
#include "align/recurrence/strip.h"

namespace anneal::align::recurrence {

/// Rows of one alignment in a Word, of local scores. Row k, from 0, lies below all letters of the query but the last
/// (count - k) * height.
struct Checkpoints {
  ANNEAL_GLOBAL const Border* rows = nullptr;  ///< null: there are none
  int columns = 0;                             ///< from row to row; the first one is the target's first letter
  int count = 0;
  int height = 0;
  // A score is ((word >> shift) & mask) / unit - bias.
  int shift = 0;
  Word mask = 0;
  Word unit = 1;
  int h_bias = 0;
  int f_bias = 0;

  template <class Form>
  ANNEAL_FN static Checkpoints of(ANNEAL_GLOBAL const Border* rows, int columns, int count, int height, int part) {
    Checkpoints result;
    result.rows = rows;
    result.columns = columns;
    result.count = count;
    result.height = height;
    result.shift = part == 0 ? 0 : 16;
    result.mask = Form::highest_value;
    result.unit = Form::unit;
    result.h_bias = static_cast<int>(Form::value(0, -1) / Form::unit);
    result.f_bias = static_cast<int>(Form::value(0, 0) / Form::unit);
    return result;
  }
  ANNEAL_FN int h(Word word) const { return static_cast<int>((word >> shift & mask) / unit) - h_bias; }
  ANNEAL_FN int f(Word word) const { return static_cast<int>((word >> shift & mask) / unit) - f_bias; }
};

}  // namespace anneal::align::recurrence
