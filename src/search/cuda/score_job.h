// What one launch scores: a strip of rows of one or two queries against many targets.
#pragma once

#include <cstdint>

#include "align/recurrence/form.h"

namespace anneal::search::cuda {

using align::recurrence::PerLane;
using align::recurrence::Word;

/// A target, or a piece of a long one. Its letters are bytes, four to a Word. Its columns in a border go in fours, too;
/// four before the first and after the last one belong to nobody, and kernels may write there.
struct Item {
  std::uint32_t word = 0;  ///< the first of its letters
  std::int32_t letters = 0;
  std::uint32_t target = 0;  ///< whose score it counts for
  std::uint32_t border = 0;  ///< the first four of its columns in borders
};

/// How scores are stored; in halves up to about 64,000.
using Halves = align::recurrence::Form<2, true, 1, 1024>;
/// Up to about 220, in units of 256, so that a byte is a score as it is. What else gets into the lower byte is dust.
using Bytes = align::recurrence::Form<2, true, 256, 16, false>;
using Whole = align::recurrence::Form<1, true, 1, 0x80000000u>;

/// The score of a pair that was too high for how it was stored. Any other score is lower.
inline constexpr std::int32_t overflowed = 0x7fffffff;

/// Codes of queries' letters; rows of a Job's matrix are as long.
inline constexpr int query_codes = 32;

/// What lies below a row: H of its cell, less the cost of a gap of one, and F of the cell below.
struct Edge {
  Word h;
  Word f;
};

struct ScoreJob {
  const Word* words = nullptr;  ///< letters of all targets, by their numbers in this database
  const Item* items = nullptr;  ///< the longest first
  std::int32_t count = 0;
  const std::int32_t* counted = nullptr;  ///< the count, if it is not null
  std::int32_t* next = nullptr;           ///< 0; counts what has been taken

  const unsigned char* queries[2] = {};  ///< codes
  std::int32_t lengths[2] = {};          ///< of the queries; 0 where there is none
  std::int32_t first_rows[2] = {};       ///< of the strip

  const signed char* matrix = nullptr;  ///< [number of a target's letter][code of a query's letter]
  std::int32_t letters = 0;             ///< numbers of targets' letters; the next one is padding
  std::int32_t raise = 0;               ///< makes up for what stored values lack: see StripRows
  std::int32_t highest_exact = 0;       ///< higher scores may be wrong
  align::recurrence::Penalties penalties;

  ANNEAL_FN std::int32_t items_in_all() const { return counted == nullptr ? count : *counted; }

  Edge* above = nullptr;          ///< the border to read, if any query does
  Edge* below = nullptr;          ///< another: what is being written must not be read, or all loads wait for it
  std::uint32_t border_base = 0;  ///< Item::border that they begin with
  bool reads[2] = {};             ///< whether a strip lies above
  bool writes[2] = {};            ///< whether one follows below

  std::int32_t* scores[2] = {};  ///< by target
};

}  // namespace anneal::search::cuda
