// The tables that extend_kernels() chooses from.
#pragma once

#include "align/cuda/extend_kernels.h"

namespace anneal::align::cuda {

std::span<const ExtendKernel> extend_kernels_few();
std::span<const ExtendKernel> extend_kernels_any();

}  // namespace anneal::align::cuda
