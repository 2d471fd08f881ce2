#include "align/cpu/lane_fill.h"

#include <algorithm>

namespace anneal::align::cpu {
namespace {

// No wider than the scores that these lengths allow.
LocalFrame frame_of(const Stage& stage, Width width, std::int64_t rows, std::int64_t columns) {
  const LocalFrame& widest = stage.local.frames[width];
  const AlignOptions& options = stage.run.options();
  const std::int64_t bound = std::max(options.matrix.highest(), 0) * std::min(rows, columns);
  return local_frame(options, stage.kernels.width[width].bits, std::min(bound, widest.highest));
}

}  // namespace

LaneJob lane_job(const Stage& stage, Width width, const LaneLetters& query, const LaneLetters& target,
                 const TileLayout& layout, const Band& band, Scratch& scratch) {
  const std::size_t workspace = lane_workspace_vectors(query.longest, target.longest) * stage.kernels.vector_bytes;
  return {.query = query.interleaved,
          .target = target.interleaved,
          .query_lengths = query.lengths.data(),
          .target_lengths = target.lengths.data(),
          .rows = query.longest,
          .columns = target.longest,
          .scores = stage.run.boundary().local && width == width8 ? &stage.local.in_8_bits : &stage.scores,
          .boundary = stage.run.boundary(),
          .band = band,
          .layout = &layout,
          .workspace = scratch.workspace.reserve(workspace),
          .frame = frame_of(stage, width, query.longest, target.longest)};
}

void fill_lanes(const Stage& stage, Width width, const LaneJob& job) {
  const WidthKernels& kernels = stage.kernels.width[width];
  {
    const auto timing = stage.run.time_kernel();
    kernels.fill_lanes(job);
  }
  stage.run.count_cells(static_cast<std::uint64_t>(job.layout->cells()) * kernels.lanes);
}

}  // namespace anneal::align::cpu
