// Makes a ScoreKernel of each row of a table in score_shape.h. For the sources that compile one table each.
#pragma once

#include <array>
#include <utility>

#include "search/cuda/score_kernel.cuh"
#include "search/cuda/score_kernels.h"
#include "search/cuda/score_programs.h"

namespace anneal::search::cuda {

template <Packing packing, ScoreShape shape>
ScoreKernel strip_kernel_of() {
  using Program = typename ScoreProgramOf<packing, shape>::type;
  constexpr auto kernel = score_strip<Program, shape.threads, shape.blocks>;
  return {shape, packing, Program::Profile::words_per_letter, {"score_strip", reinterpret_cast<const void*>(kernel)}};
}

template <Packing packing, ScoreShape shape>
ScoreKernel relay_kernel_of() {
  using Program = typename ScoreProgramOf<packing, shape>::type;
  constexpr auto kernel = score_relay<Program, shape.threads, shape.blocks>;
  return {shape, packing, Program::Profile::words_per_letter, {"score_relay", reinterpret_cast<const void*>(kernel)}};
}

template <Packing packing, const auto& shapes>
std::span<const ScoreKernel> strip_kernels_of() {
  constexpr auto make = []<std::size_t... index>(std::index_sequence<index...>) {
    return std::array{strip_kernel_of<packing, shapes[index]>()...};
  };
  static const auto kernels = make(std::make_index_sequence<std::size(shapes)>());
  return kernels;
}

template <Packing packing, const auto& shapes>
std::span<const ScoreKernel> relay_kernels_of() {
  constexpr auto make = []<std::size_t... index>(std::index_sequence<index...>) {
    return std::array{relay_kernel_of<packing, shapes[index]>()...};
  };
  static const auto kernels = make(std::make_index_sequence<std::size(shapes)>());
  return kernels;
}

}  // namespace anneal::search::cuda
