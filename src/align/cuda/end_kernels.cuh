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
  using Form = typename Program::Form;
  constexpr auto kernel = find_ends_kernel<Program, shape.threads, shape.blocks>;
  return {
      .shape = shape,
      .scores = kind,
      .table_words = Program::Scores::table_words,
      .kernel = {"find_ends", reinterpret_cast<const void*>(kernel)},
      .fits =
          [](const ScoreRange& range) {
            if (range.highest_pair + range.offset > Program::Scores::highest_raised) return false;
            return Form::local ? recurrence::fits_local<Form>(range.gap_open, range.gap_extend, range.offset)
                               : recurrence::fits_global<Form>(range.bound, range.gap_open, range.gap_extend,
                                                               range.offset, range.highest_pair);
          },
      .highest_exact = [](int highest_pair) { return Form::highest_exact(highest_pair); },
      .penalties = recurrence::penalties_of<Form>,
  };
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
