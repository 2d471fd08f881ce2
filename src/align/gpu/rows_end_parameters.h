// Options as the kernel that finds ends whatever they are wants them.
#pragma once

#include "align/recurrence/rows_end_program.h"
#include "anneal/align.h"

namespace anneal::align::gpu {

recurrence::RowsEndParameters rows_end_parameters(const AlignOptions& options);

}  // namespace anneal::align::gpu
