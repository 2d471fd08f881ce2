// What programs for gaps of two pieces, and for Mode::extend_ksw2, are given, and what they find.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Options of all pairs. Where gaps have one piece, the second one is as the first.
struct TwoPieceParameters {
  int gap_open = 0;
  int gap_extend = 0;
  int second_open = 0;
  int second_extend = 0;
  bool extends = false;    ///< Mode::extend_ksw2; else Mode::global
  bool rightmost = false;  ///< GapPlacement
  bool wants_path = false;
  int band = -1;  ///< Band::width
  int zdrop = 0;
  int end_bonus = 0;
  int min_score = -0x7fffffff - 1;  ///< pairs below it have no path
  Word identity = 0;                ///< as PathParameters has it
};

/// One pair, both sides of which have letters, fewer than 2^28 together; a path of Mode::global lies in its band.
/// Letters are bytes.
struct TwoPieceJob {
  ANNEAL_GLOBAL const unsigned char* query;
  ANNEAL_GLOBAL const unsigned char* target;
  int query_length;
  int target_length;
  int band_centre;
  ANNEAL_GLOBAL unsigned char* workspace;  ///< as much as TwoPiecePlan says, at a multiple of 16 bytes
  long workspace_bytes;
  ANNEAL_GLOBAL Word* ops_end;  ///< the CIGAR's operations are put before it, as CigarOp packs them
};

struct TwoPieceEnd {
  static constexpr ANNEAL_CONSTANT int not_reached = -0x7fffffff - 1;  ///< Extension::not_reached

  int score = 0;
  int query_end = 0;
  int target_end = 0;
  int global_score = not_reached;  ///< this and what follows as Extension has it
  int global_target_end = 0;
  int dropped = 0;
  int ops = 0;  ///< of the CIGAR
};

}  // namespace anneal::align::recurrence
