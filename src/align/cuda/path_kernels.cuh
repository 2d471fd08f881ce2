// Makes a PathKernel of each row of a table in path_shape.h. For the sources that compile one table each.
#pragma once

#include <algorithm>
#include <array>
#include <utility>

#include "align/cuda/checkpoint_path_kernel.cuh"
#include "align/cuda/path_kernel.cuh"
#include "align/cuda/path_kernels.h"
#include "align/cuda/path_programs.h"

namespace anneal::align::cuda {

template <class Program>
std::int64_t most_words(int query_end, int target_end, std::int64_t diagonals, int most_kept) {
  recurrence::PathRectangle rectangles[Program::parts];
  for (recurrence::PathRectangle& rectangle : rectangles) {
    rectangle.rows = query_end;
    rectangle.columns = target_end;
    rectangle.highest = static_cast<int>(std::min(diagonals, std::int64_t{query_end} + target_end));
  }
  typename Program::Plan plan{};
  plan.make_hull(rectangles);
  plan.most_kept = most_kept;
  return plan.words();
}

template <ScoreKind kind, PathShape shape>
PathKernel path_kernel_of() {
  using Program = typename PathProgramOf<kind, shape>::type;
  PathKernel result{.shape = shape,
                    .scores = kind,
                    .table_words = Program::Scores::table_words,
                    .highest_raised = Program::Scores::highest_raised,
                    .kernel = {},
                    .penalties = recurrence::path_penalties<typename Program::Form>,
                    .holds = Program::Plan::holds,
                    .words_keeping = most_words<Program>};
  if constexpr (shape.retraces) {
    constexpr auto kernel = retrace_paths_kernel<Program, shape.threads, shape.blocks>;
    result.kernel = {"retrace_paths", reinterpret_cast<const void*>(kernel)};
  } else {
    constexpr auto fill = fill_paths_kernel<Program, shape.threads, shape.blocks>;
    constexpr auto walk = walk_paths_kernel<Program, shape.threads>;
    result.kernel = {"fill_paths", reinterpret_cast<const void*>(fill)};
    result.walk = {"walk_paths", reinterpret_cast<const void*>(walk)};
  }
  return result;
}

template <ScoreKind kind, PathShape shape>
PathKernel checkpoint_path_kernel_of() {
  using Program = typename CheckpointPathProgramOf<kind, shape>::type;
  constexpr auto kernel = checkpoint_paths_kernel<Program, shape.threads, shape.blocks>;
  return {.shape = shape,
          .scores = kind,
          .table_words = Program::Scores::table_words,
          .highest_raised = Program::Scores::highest_raised,
          .kernel = {"checkpoint_paths", reinterpret_cast<const void*>(kernel)},
          .penalties = recurrence::path_penalties<typename Program::Form>,
          .holds = Program::holds,
          .words_keeping = [](int query_end, int target_end, std::int64_t, int) -> std::int64_t {
            return Program::words(query_end, target_end);
          }};
}

template <ScoreKind kind, const auto& shapes, std::size_t... index>
auto make_path_kernels(std::index_sequence<index...>) {
  return std::array<PathKernel, sizeof...(index)>{path_kernel_of<kind, shapes[index]>()...};
}

/// The kernels of a table.
template <ScoreKind kind, const auto& shapes>
std::span<const PathKernel> path_kernels_of() {
  static const auto kernels = make_path_kernels<kind, shapes>(std::make_index_sequence<std::size(shapes)>());
  return kernels;
}

}  // namespace anneal::align::cuda
