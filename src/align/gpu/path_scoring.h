// Options as the kernels that find paths want them.
#pragma once

#include <array>
#include <vector>

#include "align/gpu/end_shape.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/matrix_scores.h"
#include "align/recurrence/path_job.h"
#include "align/recurrence/ungapped_path.h"
#include "anneal/align.h"

namespace anneal::align::gpu {

struct PathScoring {
  ScoreKind kind = ScoreKind::matrix;
  int offset = 0;                       ///< added to every score
  int highest_raised = 0;               ///< the table's highest entry
  std::vector<recurrence::Word> table;  ///< what PathBatch::table points to
};

/// For batches whose queries have no N. An empty table where the matrix is not that of
/// SubstitutionMatrix::match_mismatch(), or its scores are too far apart: then matrix_path_scoring() does.
PathScoring letter_path_scoring(const AlignOptions& options);

/// For any matrix, in a table of so many copies.
PathScoring matrix_path_scoring(const AlignOptions& options, int copies = recurrence::matrix_copies);

/// PathParameters::identity.
recurrence::Word identity_of(const SubstitutionMatrix& matrix);

/// Of Mode::extend, the path's: EndCell::score is what Run::path_score() says, and the boundary is global.
recurrence::PathParameters path_parameters(const AlignOptions& options, const PathScoring& scoring);

/// PathBatch::pair_scores.
std::array<signed char, recurrence::pair_scores_stride * recurrence::pair_scores_stride> pair_scores(
    const SubstitutionMatrix& matrix);

}  // namespace anneal::align::gpu
