// One pair's local alignment in strips of query rows: score, end and path in one pass.
#pragma once

#include <cstdint>
#include <vector>

#include "align/best_end.h"
#include "align/cpu/diagonal_runs.h"
#include "align/cpu/kernels.h"
#include "align/cpu/local_strip_job.h"
#include "align/cpu/scratch.h"
#include "align/cpu/width.h"
#include "align/diagonals.h"
#include "align/problem.h"
#include "align/traceback.h"

namespace anneal::align::cpu {

/// The same scores in several forms.
struct LocalStripScores {
  const ScoreTable& table;  ///< has a letter for padding
  const PairScores& pairs;
  /// Each more by twice gap_extend; not used unless possible_in_8_bits.
  const ScoreTable& drifted_table;
  const PairScores& drifted_pairs;
  bool possible_in_8_bits = false;
};

/// Rows between strips and some states within them are kept, so that the tiles that hold the end and the path can be
/// filled again.
class LocalStrips {
 public:
  /// find_end's cell where the width did not suffice.
  static constexpr std::int64_t overflowed = -2;

  /// Narrowest width that holds the gap penalties.
  static Width width_for(const Boundary& boundary);
  /// Whether scores grow so little within a tile that they mostly fit into 8 bits.
  static bool mostly_in_8_bits(const AlignOptions& options);
  /// Bytes that a problem of this size takes.
  static std::uint64_t memory(std::int64_t rows, std::int64_t columns, const Kernels& kernels, Width width);

  /// `width`: at least width_for().
  LocalStrips(const Problem& problem, const LocalStripScores& scores, const Kernels& kernels, Width width,
              Scratch& scratch);

  /// The best end, if it scores `least` or more; another one or none if not. `band`: the diagonals of the problem's
  /// band.
  BestEnd find_end(const Diagonals& band, std::int64_t least);
  /// Walks from the best end to the alignment's begin.
  void follow(Traceback& walk, DiagonalRuns& runs);
  std::uint64_t cells_computed() const { return cells_; }

 private:
  struct Strip {
    std::int64_t first_step;
    std::int64_t last_step;
  };
  struct Candidate {
    std::int64_t strip;
    std::int64_t first_step;
    std::int64_t last_step;
  };

  void use_pairs(const LocalStripScores& scores, const Kernels& kernels);
  template <typename T>
  BestEnd find_end_as(const Diagonals& diagonals);
  template <typename T>
  Strip part_to_fill(std::int64_t strip, const Strip& before, const Diagonals& diagonals, LocalStripJob& job) const;
  template <typename T>
  void fill(std::int64_t strip, LocalStripJob& job);
  template <typename T>
  T* row(std::int64_t strip) const;
  LocalStripJob refill(std::int64_t strip, std::int64_t last_step) const;
  void note_best(std::int64_t strip);
  // Where scores may have been raised, those from there on were not, up to that step of the strip.
  std::int64_t least_true(std::int64_t strip, std::int64_t last_step) const;
  void set_least(std::int64_t least);
  BestEnd find_best() const;
  // Where row first_row + lane of a strip is in a mask.
  std::size_t bit_of(std::int64_t lane) const;
  // The masks of the step that has cell (i, j).
  const std::uint8_t* masks(std::int64_t i, std::int64_t j);
  // How many steps back from cell (i, j) take the diagonal, as far as neighbouring bits of a tile tell.
  std::int64_t diagonal_steps(std::int64_t i, std::int64_t j);
  std::uint8_t* states(std::int64_t strip) const;

  const Problem& problem_;
  Scratch& scratch_;
  void (*kernel_)(const LocalStripJob&);
  std::int64_t height_;    // rows of a strip
  std::size_t lanes_;      // scores in a vector
  std::size_t element_;    // bytes of a score
  std::size_t step_mask_;  // bytes of a mask of all rows
  std::size_t row_bytes_;
  std::size_t strip_bytes_;  // of a row and the states of a strip
  LocalStripJob job_;        // what all strips share
  const std::uint8_t* query_;
  std::uint8_t* saved_ = nullptr;
  std::int64_t least_letters_ = 1;
  std::vector<Strip> strips_;
  std::vector<std::int32_t> tile_best_;
  std::int32_t best_ = 0;
  bool raised_ = false;  // whether scores that do not matter may be too high
  std::vector<Candidate> candidates_;
  std::uint64_t cells_ = 0;
  Candidate tile_{-1, 0, -1};  // which has masks
  bool upper_only_ = false;    // and only in its upper half
  std::uint8_t* tile_masks_ = nullptr;
};

}  // namespace anneal::align::cpu
