// The recurrence of trace.h with what it decides, for the rows that a lane holds in registers, column by column.
//
// A stored value is 8 times a score, with flags below it that decide ties, so that the maximum itself says where it
// comes from:
//
//   H      6  it is as low as can be: of a local alignment, 0, where it begins
//          4  it comes from the diagonal
//          2  it comes from E
//          0  it comes from F
//   E      1  more than 2: the gap opens
//   F      3  the gap opens, 0: it does not
//
// A gap of either kind opens with the same value. What a cell's H, E of the next column and F of the next row have
// there are the four bits of its trace, PathBit.
//
// No value is below the floor, which is 0 of local alignments; that of others is so low that no path through it could
// score what the path to be found scores. So cells outside what is computed are simply at the floor.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/form.h"
#include "align/recurrence/path_job.h"
#include "align/recurrence/strip.h"

namespace anneal::align::recurrence {

/// Four bits of a cell.
enum PathBit : Word {
  path_opens_deletion = 1,  ///< E(i,j+1) opens a gap at H(i,j)
  path_source = 6,          ///< one of the following
  path_from_insertion = 0,
  path_from_deletion = 2,
  path_from_diagonal = 4,
  path_begins = 6,           ///< H(i,j) is 0, in local alignments
  path_opens_insertion = 8,  ///< F(i+1,j) opens a gap at H(i,j)
};

/// Scores from the floor on; flags do not show.
template <int parts>
using PathForm = Form<parts, false, 8, 0, false>;

/// What every cell adds and subtracts, in a form's units and in all its parts.
struct PathPenalties {
  Word diagonal;          ///< added to H for what the diagonal's successor starts with; negative, modulo 2^32
  Word open;              ///< added to H for E(i,j+1) and for F(i+1,j)
  Word extend_deletion;   ///< subtracted from E
  Word extend_insertion;  ///< added to F, modulo the part's size
  Word floor;             ///< with path_begins

  /// The floor's score: how far the recurrence goes below it.
  ANNEAL_CONSTANT_FN static int margin(int gap_open, int gap_extend, int offset) {
    const int gaps = gap_open + 2 * gap_extend;
    return (gaps > offset ? gaps : offset) + 1;
  }
};

template <class F>
constexpr PathPenalties path_penalties(int gap_open, int gap_extend, int offset) {
  const Word open = F::unit * static_cast<Word>(gap_open + gap_extend),
             extend = F::unit * static_cast<Word>(gap_extend);
  const Word floor = F::unit * static_cast<Word>(PathPenalties::margin(gap_open, gap_extend, offset));
  return {.diagonal = F::each * (path_from_diagonal - F::unit * static_cast<Word>(offset)),
          .open = F::each * (path_from_deletion + path_opens_deletion - open),
          .extend_deletion = F::each * extend,
          .extend_insertion = F::each * ((0u - extend) & F::highest_value),
          .floor = F::each * (floor + path_begins)};
}

/// Words without flags where not said otherwise. `rows` are a multiple of what a word of trace holds.
template <class F, class Scores_>
class PathStrip {
 public:
  using Form = F;
  using Scores = Scores_;
  static constexpr ANNEAL_CONSTANT int rows = Scores::rows;
  static constexpr ANNEAL_CONSTANT int rows_per_word = 8 / F::parts;
  static constexpr ANNEAL_CONSTANT int rows_per_half = rows_per_word / 2;
  static constexpr ANNEAL_CONSTANT int words = rows / rows_per_word;
  static_assert(rows % rows_per_word == 0, "every word of trace must be full");

  /// The trace of a column.
  struct alignas(4 * words) Trace {
    Word word[words];
  };
  /// PathBits of a row in the word that has it, where the row is counted from the word's first one.
  ANNEAL_FN static Word bits(Word word, int row, int part) {
    const int late = row / rows_per_half;
    const Word byte = word >> 8 * (row % rows_per_half * F::parts + part);
    return (byte >> 3 * late & 7u) | (byte >> (3 + late) & path_opens_insertion);
  }

  Scores scores;

  /// H(i,0) of a row, or of the row above for -1, in the column before the first one; the floor where there is none.
  ANNEAL_FN void set_first_column(int row, Word h, ANNEAL_THREAD const PathPenalties& penalties) {
    if (row < 0) {
      corner_ = h + penalties.diagonal;
    } else {
      diagonal_[row] = h + penalties.diagonal;
      deletion_[row] = without_opening(F::max2(h + penalties.open, penalties.floor));
    }
  }
  ANNEAL_FN static Word insertion_below(Word h, ANNEAL_THREAD const PathPenalties& penalties) {
    return F::without_dust(h + penalties.open);
  }

  /// Computes the column whose scores are set. `border` is what lies above it, and becomes what lies below it.
  ANNEAL_FN Trace step(ANNEAL_THREAD const PathPenalties& penalties, ANNEAL_THREAD Border& border) {
    Trace trace = {};
    Flags flags;
    Word next = scores.add(corner_, 0, 0);
    corner_ = border.h + penalties.diagonal;
    ANNEAL_UNROLL
    for (int row = 0; row < rows; ++row) {
      const Word aligned = next;
      // Taken before this row's diagonal is replaced, or it would have to be copied.
      if (row + 1 < rows) next = scores.add(diagonal_[row], row + 1 < rows ? row + 1 : 0, 0);
      cell(penalties, row, F::max3(aligned, deletion_[row], border.f), border, flags);
      if (row % rows_per_word == rows_per_word - 1) trace.word[row / rows_per_word] = flags.word();
    }
    return trace;
  }

  /// The same within a band: of the column, only rows first .. last exist, counted from the strip's first row.
  ANNEAL_FN Trace step_in_band(ANNEAL_THREAD const PathPenalties& penalties, ANNEAL_THREAD Border& border, int first,
                               int last) {
    Trace trace = {};
    Flags flags;
    Word next = scores.add(corner_, 0, 0);
    corner_ = border.h + penalties.diagonal;
    ANNEAL_UNROLL
    for (int row = 0; row < rows; ++row) {
      const Word best = F::max3(next, deletion_[row], border.f);
      if (row + 1 < rows) next = scores.add(diagonal_[row], row + 1 < rows ? row + 1 : 0, 0);
      const bool exists = row >= first && row <= last;
      cell(penalties, row, exists ? best : penalties.floor, border, flags);
      if (row % rows_per_word == rows_per_word - 1) trace.word[row / rows_per_word] = flags.word();
    }
    return trace;
  }

 private:
  /// What the rows of a word of trace leave: flags, and scores above them.
  struct Flags {
    Word cells[rows_per_word];       // of H and, in the lowest bit, E
    Word insertions[rows_per_word];  // of F: the lowest two bits are the same

    // A byte has three bits of two rows' cells, then one of each row's insertion.
    ANNEAL_FN Word word() const {
      Word opens[rows_per_half];
      ANNEAL_UNROLL
      for (int row = 0; row < rows_per_half; ++row) {
        opens[row] = merge_bits(F::each, insertions[row], insertions[row + rows_per_half]);
      }
      const Word late = merge_bits(0x38383838u, low_bytes(cells + rows_per_half) << 3, low_bytes(opens) << 6);
      return merge_bits(0x07070707u, low_bytes(cells), late);
    }
    // The lowest byte of every part.
    ANNEAL_FN static Word low_bytes(ANNEAL_THREAD const Word* values) {
      if constexpr (F::parts == 2) {
        return select_bytes(values[0], values[1], 0x6420u);
      } else {
        return select_bytes(select_bytes(values[0], values[1], 0x0040u), select_bytes(values[2], values[3], 0x0040u),
                            0x5410u);
      }
    }
  };

  ANNEAL_FN static Word without_opening(Word deletion) { return deletion & ~(F::each * path_opens_deletion); }

  /// Goes on from a cell's H with its flags. `border` becomes that of the row below.
  ANNEAL_FN void cell(ANNEAL_THREAD const PathPenalties& penalties, int row, Word best, ANNEAL_THREAD Border& border,
                      ANNEAL_THREAD Flags& flags) {
    const Word h = F::without_dust(best);
    const Word open = h + penalties.open;
    const Word deletion = F::max3(deletion_[row] - penalties.extend_deletion, open, penalties.floor);
    const Word insertion = F::add_max(border.f, penalties.extend_insertion, open);
    diagonal_[row] = h + penalties.diagonal;
    deletion_[row] = without_opening(deletion);
    border = {h, F::without_dust(insertion)};
    flags.cells[row % rows_per_word] = merge_bits(F::each * path_opens_deletion, deletion, best);
    flags.insertions[row % rows_per_word] = insertion;
  }

  Word diagonal_[rows];  // H(i,j) plus penalties.diagonal
  Word deletion_[rows];  // E(i,j+1), with path_from_deletion or path_begins
  Word corner_;          // as in diagonal_, of the row above and one column behind
};

}  // namespace anneal::align::recurrence
