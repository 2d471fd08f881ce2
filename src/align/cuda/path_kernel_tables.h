// The tables that path_kernels() chooses from, and the kernels around them.
#pragma once

#include <cstdint>

#include "align/cuda/path_kernels.h"

namespace anneal::align::cuda {

std::span<const PathKernel> path_kernels_letters();
std::span<const PathKernel> path_kernels_matrix();
std::span<const PathKernel> path_kernels_banded();
const PathKernel& path_kernel_from_checkpoints();

extern const device::cuda::Kernel<PathBatch, recurrence::PathParameters> ungapped_paths_kernel;
extern const device::cuda::Kernel<const PathEntry*, CigarBatch> sum_ops_kernel;
extern const device::cuda::Kernel<CigarBatch> add_up_kernel;
extern const device::cuda::Kernel<PathBatch, recurrence::PathParameters, CigarBatch> gather_cigars_kernel;
extern const device::cuda::Kernel<CigarBatch, recurrence::Word*> send_cigars_kernel;

/// Threads of a block of each of these kernels, and pairs that one does.
inline constexpr unsigned cigar_threads = 256;
/// Of add_up_kernel, which has one block.
inline constexpr unsigned add_up_threads = 1024;

}  // namespace anneal::align::cuda
