// What the stages of the CPU engine share.
#pragma once

#include <span>
#include <vector>

#include "align/cpu/kernels.h"
#include "align/cpu/plan.h"
#include "align/cpu/scratch.h"
#include "align/run.h"
#include "device/cpu/queue.h"

namespace anneal::align::cpu {

struct Stage {
  Run& run;
  const Kernels& kernels;
  const ScoreTable& scores;
  const LetterTable& letters;
  device::cpu::Queue& queue;
  device::BufferPool& pool;
  CigarCollector& cigars;
  std::uint64_t task_memory;  ///< bytes that one task may use

  /// Encodes `count` letters of one side of a pair from `first` on. Bytes that are no letters are noted in `run`; the
  /// codes are then unusable.
  bool encode(std::size_t pair, Side side, std::size_t first, std::size_t count, std::uint8_t* codes) const {
    if (kernels.encode(letters, run.letters(pair, side).data() + first, count, codes)) return true;
    run.note_invalid(pair, side);
    return false;
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

/// Finds score and end of every pair of every mode but extend, and the paths that have no gap.
void find_ends(const Stage& stage);
/// Finds the six results of Mode::extend of every pair.
void find_extensions(const Stage& stage);
/// Finds the path of every aligned pair whose end is known and whose path is not.
void trace_paths(const Stage& stage);

}  // namespace anneal::align::cpu
