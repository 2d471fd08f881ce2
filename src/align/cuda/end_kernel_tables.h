// The tables that end_kernels() chooses from. Each is compiled in a source of its own, as that takes long.
#pragma once

#include "align/cuda/end_kernels.h"

namespace anneal::align::cuda {

std::span<const EndKernel> end_kernels_local_letters();
std::span<const EndKernel> end_kernels_local_dna();
std::span<const EndKernel> end_kernels_local_protein();
std::span<const EndKernel> end_kernels_local_any();
std::span<const EndKernel> end_kernels_global_letters();
std::span<const EndKernel> end_kernels_global_dna();
std::span<const EndKernel> end_kernels_global_protein();
std::span<const EndKernel> end_kernels_global_any();

}  // namespace anneal::align::cuda
