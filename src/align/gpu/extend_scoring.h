// Options of Mode::extend as kernels want them.
#pragma once

#include <vector>

#include "align/recurrence/compat.h"
#include "align/recurrence/extend_job.h"
#include "anneal/align.h"

namespace anneal::align::gpu {

/// The scores of letter pairs as the kernels' tables have them: see recurrence/extend_scores.h.
std::vector<recurrence::Word> extend_table(const SubstitutionMatrix& matrix);

recurrence::ExtendCosts extend_costs(const AlignOptions& options);

}  // namespace anneal::align::gpu
