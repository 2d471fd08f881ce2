// Options as the kernels for gaps of two pieces, and for Mode::extend_ksw2, want them.
#pragma once

#include "align/recurrence/two_piece_job.h"
#include "anneal/align.h"

namespace anneal::align::gpu {

/// For what needs_two_piece_kernels(); their table of scores is extend_table().
recurrence::TwoPieceParameters two_piece_parameters(const AlignOptions& options);

}  // namespace anneal::align::gpu
