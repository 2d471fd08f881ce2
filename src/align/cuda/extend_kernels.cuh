// Makes an ExtendKernel of each row of a table in extend_shape.h. For the sources that compile one table each.
#pragma once

#include <array>
#include <utility>

#include "align/cuda/extend_kernel.cuh"
#include "align/cuda/extend_kernels.h"
#include "align/cuda/extend_programs.h"

namespace anneal::align::cuda {

template <ExtendShape shape>
ExtendKernel extend_kernel_of() {
  using Program = typename ExtendProgramOf<shape>::type;
  constexpr auto kernel = extend_kernel<Program, shape.threads, shape.blocks>;
  return {gpu::extend_traits_of<Program>(shape), {"extend", reinterpret_cast<const void*>(kernel)}};
}

template <const auto& shapes, std::size_t... index>
auto make_extend_kernels(std::index_sequence<index...>) {
  return std::array<ExtendKernel, sizeof...(index)>{extend_kernel_of<shapes[index]>()...};
}

/// The kernels of a table.
template <const auto& shapes>
std::span<const ExtendKernel> extend_kernels_of() {
  static const auto kernels = make_extend_kernels<shapes>(std::make_index_sequence<std::size(shapes)>());
  return kernels;
}

}  // namespace anneal::align::cuda
