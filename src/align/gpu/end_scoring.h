// Options as kernels want them: the scores of letter pairs as they look them up, penalties, free ends.
#pragma once

#include <optional>
#include <vector>

#include "align/gpu/end_shape.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/end_job.h"
#include "align/recurrence/matrix_scores.h"
#include "anneal/align.h"

namespace anneal::align::gpu {

/// Letters of a matrix's table: there is one kernel for matrices of all sizes, as copies of it cost no time.
inline constexpr int matrix_letters = 32;

struct EndScoring {
  ScoreKind kind = ScoreKind::matrix;
  int offset = 0;                       ///< added to every score
  unsigned char padding = 0;            ///< code of a letter that is none, on either side
  std::vector<recurrence::Word> table;  ///< what EndBatch::table points to
};

/// Scores of equal and of different letters; N scores -1 against everything.
struct MatchMismatch {
  int match;
  int mismatch;  ///< subtracted
};

/// Those of a matrix of SubstitutionMatrix::match_mismatch().
std::optional<MatchMismatch> match_mismatch_of(const SubstitutionMatrix& matrix);

/// The letter scoring of a batch whose queries have no N, or an empty table where it does not exist: the matrix must
/// be that of SubstitutionMatrix::match_mismatch(), the mismatch no dearer than a gap of one letter, the target's begin
/// not free, and 127 must hold a match plus the offset.
EndScoring letter_scoring(const AlignOptions& options);

/// The matrix scoring, in a table of so many copies. An empty table where even 255 does not hold the highest score plus
/// the offset.
EndScoring matrix_scoring(const AlignOptions& options, int copies = recurrence::matrix_copies);

/// The last two are as the form says.
recurrence::EndParameters end_parameters(const AlignOptions& options, const recurrence::Penalties& penalties,
                                         int highest_exact);

}  // namespace anneal::align::gpu
