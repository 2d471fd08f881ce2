#include "align/cpu/lane_fill.h"

#include <algorithm>

namespace anneal::align::cpu {
namespace {

// Numbers the letters where every one has a number.
void use_pair_scores(const Stage& stage, Width width, Scratch& scratch, LaneJob& job) {
  const PairScores& scores = width == width8 ? stage.local.of_pairs_in_8_bits : stage.local.of_pairs;
  if (!scores.possible()) return;
  const auto number = [&](const std::uint8_t* codes, std::int64_t positions, ScratchBytes& numbers) {
    const std::size_t count = rounded_up_to_block(positions) * stage.kernels.width[width].lanes;
    std::uint8_t* out = numbers.reserve(count);
    return stage.kernels.number_letters(scores.numbers(), codes, count, out) ? out : nullptr;
  };
  const std::uint8_t* query = number(job.query, job.rows, scratch.query_numbers);
  const std::uint8_t* target =
      number(job.target, job.layout->count() * job.layout->tile_columns(), scratch.target_numbers);
  if (query == nullptr || target == nullptr) return;
  job.query = query;
  job.target = target;
  job.pair_scores = &scores;
}

}  // namespace

LocalFrame lane_frame(const Stage& stage, Width width, std::int64_t rows, std::int64_t columns, std::int64_t letters) {
  const LocalFrame& widest = stage.local.frames[width];
  const WidthKernels& kernels = stage.kernels.width[width];
  const AlignOptions& options = stage.run.options();
  const std::int64_t highest = std::max(options.matrix.highest(), 0);
  const std::int64_t bound = highest * std::min(rows, columns);
  if (width == width8 && bound > widest.highest) {
    const LocalFrame frame = frame_of_loss(options, kernels.local_columns, highest * (rows - letters + 1));
    if (frame.possible) return frame;
  }
  return local_frame(options, kernels.bits, kernels.local_columns, std::min(bound, widest.highest));
}

LaneJob lane_job(const Stage& stage, Width width, const LaneLetters& query, const LaneLetters& target,
                 const TileLayout& layout, const Band& band, const LocalFrame& frame, Scratch& scratch) {
  const std::size_t workspace =
      lane_workspace_vectors(query.longest, target.longest, layout.tile_columns()) * stage.kernels.vector_bytes;
  const bool local = stage.run.boundary().local;
  LaneJob job{.query = query.interleaved,
              .target = target.interleaved,
              .query_lengths = query.lengths.data(),
              .target_lengths = target.lengths.data(),
              .rows = query.longest,
              .columns = target.longest,
              .scores = local && width == width8 ? &stage.drifted_scores : &stage.scores,
              .boundary = stage.run.boundary(),
              .band = band,
              .layout = &layout,
              .workspace = scratch.workspace.reserve(workspace),
              .frame = frame};
  if (local && !stage.scores.is_match_form()) use_pair_scores(stage, width, scratch, job);
  return job;
}

void fill_lanes(const Stage& stage, Width width, LaneJob job) {
  const WidthKernels& kernels = stage.kernels.width[width];
  std::int64_t left_out = 0;
  job.cells_left_out = &left_out;
  {
    const auto timing = stage.run.time_kernel();
    kernels.fill_lanes(job);
  }
  stage.run.count_cells(static_cast<std::uint64_t>(job.layout->cells() - left_out) * kernels.lanes);
}

}  // namespace anneal::align::cpu
