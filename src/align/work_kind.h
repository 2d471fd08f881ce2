// Which pairs take an engine equally long per cell.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "align/batch.h"
#include "anneal/align.h"

namespace anneal::align {

/// What decides how fast an engine is, but for how many pairs there are and how many cells they have. How alike they
/// are, and penalties, matter less.
struct WorkKind {
  /// Lengths that stand for others: up to twice as long, or half as long.
  static constexpr int lengths[] = {100, 400, 1600, 6400};

  Mode mode = Mode::local;
  Output output = Output::path;
  bool nucleotides = true;  ///< match and mismatch scores; else a matrix
  bool one_query = false;   ///< with all targets
  bool two_pieces = false;  ///< of gaps
  int band = -1;            ///< of AlignOptions, rounded up to a power of two; -1: none
  int length = lengths[0];  ///< of both sides of a square with as many cells as the pairs have without a band

  friend auto operator<=>(const WorkKind&, const WorkKind&) = default;
};

/// "local path, nucleotides, length 100", with "one query", "two pieces" and "band 16" where they apply.
std::string to_string(const WorkKind& kind);

/// Cells inside the band, for sequences of these lengths.
double cells_of(const WorkKind& kind, std::int64_t query, std::int64_t target);

/// Pairs of a batch that are of one kind.
struct Work {
  WorkKind kind;
  double pairs = 0;
  double cells = 0;  ///< inside the band

  /// How many times as many cells a pair has as one of kind.length.
  double relative_cells() const;
};

/// A batch as work, by kind. Kinds that are a small part of it count as their neighbours. Of a large batch, only some
/// pairs are looked at.
std::vector<Work> work_of(const Batch& batch, const AlignOptions& options);

}  // namespace anneal::align
