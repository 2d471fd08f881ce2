// What the stages of the CPU engine work on.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "align/cigar_collector.h"
#include "align/cpu/eight_bits.h"
#include "align/cpu/kernels.h"
#include "align/cpu/least_score.h"
#include "align/cpu/local_frame.h"
#include "align/cpu/local_strips.h"
#include "align/cpu/plan.h"
#include "align/cpu/score_guess.h"
#include "align/cpu/scratch.h"
#include "align/cpu/slab.h"
#include "align/cpu/stream_job.h"
#include "align/run.h"
#include "device/cpu/queue.h"

namespace anneal::align::cpu {

/// What kernels of local alignments need to know.
struct LocalScores {
  LocalScores(const AlignOptions& options, const Kernels& kernels)
      : frames(local_frames(options, kernels.local_tile_columns())), of_pairs(options.matrix),
        of_pairs_in_8_bits(options.matrix, drift_in_8_bits(options)),
        most_loss_in_8_bits(
            cpu::most_loss_in_8_bits(options, kernels.width[width8].local_columns, LocalFrame::least_block_rows)),
        stream_frames{stream_frame(options, 8), stream_frame(options, 16)},
        stream_scores(options.matrix, stream_drift(options), stream_times(options)),
        stream_pairs(options.matrix, stream_drift(options), stream_times(options)) {}

  LocalFrames frames;
  PairScores of_pairs;
  PairScores of_pairs_in_8_bits;             ///< with that drift
  std::int64_t most_loss_in_8_bits;          ///< pairs that lose no more need no other width
  std::array<StreamFrame, 2> stream_frames;  ///< in 8 and 16 bits
  ScoreTable stream_scores;                  ///< values, each more by stream_drift()
  PairScores stream_pairs;                   ///< the same
};

/// All but the slab is the same for every slab of a run.
struct Stage {
  Run& run;
  const Slab& slab;
  const Kernels& kernels;
  const ScoreTable& scores;
  const ScoreTable& drifted_scores;  ///< each more by drift_in_8_bits()
  const LocalScores& local;
  ScoreGuess& guess;
  LeastScore& least_score;
  EightBits& eight_bits;
  device::cpu::Queue& queue;
  device::BufferPool& pool;
  CigarCollector& cigars;
  std::uint64_t task_memory;  ///< bytes that one task may use

  LocalStripScores local_strip_scores() const {
    return {.table = scores,
            .pairs = local.of_pairs,
            .drifted_table = drifted_scores,
            .drifted_pairs = local.of_pairs_in_8_bits,
            .possible_in_8_bits = drift_in_8_bits(run.options()) == 2 * run.options().gap_extend};
  }

  /// Calls solve(items of the task, whether in lanes, scratch) for each task, on all threads.
  template <class Solve>
  void for_each_task(const std::vector<Item>& items, const std::vector<Task>& tasks, const Solve& solve) const {
    queue.parallel_for(tasks.size(), [&](std::size_t number) {
      Scratch scratch(pool);
      const Task& task = tasks[number];
      solve(std::span(items).subspan(task.first, task.count), task.in_lanes, scratch);
    });
  }
};

/// Finds score and end of every pair of the slab in every mode but extend, and the paths that have no gap.
void find_ends(const Stage& stage);
/// Finds score and end of every pair of the slab whose batch excludes ends.
void find_ends_outside(const Stage& stage);
/// Finds the six results of Mode::extend of every pair of the slab.
void find_extensions(const Stage& stage);
/// Finds all of every pair of the slab where gaps have two pieces, and in Mode::extend_ksw2.
void align_two_piece(const Stage& stage);
/// Finds the path of every aligned pair of the slab whose end is known and whose path is not.
void trace_paths(const Stage& stage);

}  // namespace anneal::align::cpu
