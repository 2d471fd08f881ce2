// The tables that end_kernels() chooses from. Those of a file are compiled together, which takes long.
#pragma once

#include "align/cuda/end_kernels.h"

namespace anneal::align::cuda {

std::span<const EndKernel> end_kernels_local_letters();
std::span<const EndKernel> end_kernels_undecided();
std::span<const EndKernel> end_kernels_local_matrix();
std::span<const EndKernel> end_kernels_global_letters();
std::span<const EndKernel> end_kernels_global_matrix();

}  // namespace anneal::align::cuda
