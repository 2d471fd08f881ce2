// What an EndProgram is given: a group's alignments, and the options of all.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/form.h"
#include "align/recurrence/strip.h"

namespace anneal::align::recurrence {

/// The alignments in a Word. Letters are bytes, and begin at a multiple of 4.
template <int parts>
struct GroupJob {
  ANNEAL_GLOBAL const unsigned char* query[parts];
  ANNEAL_GLOBAL const unsigned char* target[parts];
  int query_length[parts];
  int target_length[parts];
  /// Rows of as many as the longer target has letters, rounded up to a multiple of 4: two, or, of local forms that keep
  /// no row, one for each strip but the last, or all checkpoints. Null where one strip does, without checkpoints. At a
  /// multiple of 16 bytes.
  ANNEAL_GLOBAL Border* borders;
};

/// Scoring and free ends, as kernels want them.
struct EndParameters {
  Penalties penalties;
  int gap_open = 0;
  int gap_extend = 0;
  bool query_begin_free = false;
  bool target_begin_free = false;
  bool query_end_free = false;
  bool target_end_free = false;
  int highest_exact = 0x7fffffff;  ///< Form::highest_exact(), for local forms
};

}  // namespace anneal::align::recurrence
