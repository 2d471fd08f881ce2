#include "align/cpu/lane_fill.h"

namespace anneal::align::cpu {

LaneJob lane_job(const Stage& stage, const LaneLetters& query, const LaneLetters& target, const TileLayout& layout,
                 const Band& band, Scratch& scratch) {
  const std::size_t workspace = lane_workspace_vectors(query.longest, target.longest) * stage.kernels.vector_bytes;
  return {.query = query.interleaved,
          .target = target.interleaved,
          .query_lengths = query.lengths.data(),
          .target_lengths = target.lengths.data(),
          .rows = query.longest,
          .columns = target.longest,
          .scores = &stage.scores,
          .boundary = stage.run.boundary(),
          .band = band,
          .layout = &layout,
          .workspace = scratch.workspace.reserve(workspace)};
}

void fill_lanes(const Stage& stage, const WidthKernels& kernels, const LaneJob& job) {
  {
    const auto timing = stage.run.time_kernel();
    kernels.fill_lanes(job);
  }
  stage.run.count_cells(static_cast<std::uint64_t>(job.layout->cells()) * kernels.lanes);
}

}  // namespace anneal::align::cpu
