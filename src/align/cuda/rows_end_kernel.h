// The kernel that finds ends whatever the options, and its launch. Compiles without CUDA.
#pragma once

#include "align/cuda/shared.h"
#include "align/gpu/rows_end_batch.h"
#include "device/cuda/kernel.h"

namespace anneal::align::cuda {

inline constexpr unsigned rows_end_threads = 64;
inline constexpr unsigned rows_end_groups = rows_end_threads / RowsEndProgram::lanes;  ///< per block

/// Blocks of rows_end_threads; any number is right.
extern const device::cuda::Kernel<RowsEndBatch, recurrence::RowsEndParameters> rows_end_kernel;

}  // namespace anneal::align::cuda
