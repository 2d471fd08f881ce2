// Makes an EndKernel of each row of a table in end_shape.h. For the sources that compile one table each.
#pragma once

#include <array>
#include <utility>

#include "align/cuda/end_kernel.cuh"
#include "align/cuda/end_kernels.h"
#include "align/cuda/end_programs.h"

namespace anneal::align::cuda {

template <ScoreKind kind, EndShape shape>
EndKernel end_kernel_of() {
  using Program = typename EndProgramOf<kind, shape>::type;
  constexpr auto kernel = find_ends_kernel<Program, shape.threads, shape.blocks>;
  return {gpu::end_traits_of<Program>(shape, kind), {"find_ends", reinterpret_cast<const void*>(kernel)}};
}

template <ScoreKind kind, const auto& shapes, std::size_t... index>
auto make_end_kernels(std::index_sequence<index...>) {
  return std::array<EndKernel, sizeof...(index)>{end_kernel_of<kind, shapes[index]>()...};
}

/// The kernels of a table.
template <ScoreKind kind, const auto& shapes>
std::span<const EndKernel> end_kernels_of() {
  static const auto kernels = make_end_kernels<kind, shapes>(std::make_index_sequence<std::size(shapes)>());
  return kernels;
}

}  // namespace anneal::align::cuda
