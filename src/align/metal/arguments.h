// Arguments of kernels that are passed by value: the host's and the kernels' layout is the same.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/end_job.h"
#include "align/recurrence/extend_job.h"
#include "align/recurrence/path_job.h"
#include "align/recurrence/path_strip.h"
#include "align/recurrence/rows_end_program.h"
#include "align/recurrence/two_piece_job.h"

namespace anneal::align::metal {

using recurrence::Offset;

struct EndArguments {
  recurrence::EndParameters parameters;
  int pairs = 0;
  Offset borders_per_group = 0;
};

struct RowsEndArguments {
  recurrence::RowsEndParameters parameters;
  int pairs = 0;
  bool has_centres = false;
  bool excludes_ends = false;
  Offset rows_per_group = 0;
};

struct ExtendArguments {
  recurrence::ExtendParameters parameters;
  int pairs = 0;
  Offset rows_per_group = 0;
};

struct TwoPieceArguments {
  recurrence::TwoPieceParameters parameters;
  int pairs = 0;
  bool has_centres = false;
  int own_ints = 0;
  Offset bytes_per_group = 0;
};

struct PathArguments {
  recurrence::PathParameters parameters;
  recurrence::PathPenalties penalties;
  int pairs = 0;
  bool has_centres = false;
  Offset words_per_group = 0;
};

/// A pair's path.
struct PathEntry {
  int query_begin = -1;
  int target_begin = -1;
  int ops = -1;  ///< of the CIGAR, which ends at the pair's place; negative: the path was not found
};

}  // namespace anneal::align::metal
