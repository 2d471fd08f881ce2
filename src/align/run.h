// One call of Engine::execute: what its tasks share.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "align/batch.h"
#include "align/encoder.h"
#include "align/kernel_clock.h"
#include "align/problem.h"

namespace anneal::align {

class Run {
 public:
  /// Sizes `results`; engines clear() the pairs before they set them.
  Run(const Batch& batch, const AlignOptions& options, const RunControl& control, AlignResults& results);

  const Batch& batch() const { return batch_; }
  const AlignOptions& options() const { return options_; }
  const Boundary& boundary() const { return boundary_; }
  const EndCells& end_cells() const { return end_cells_; }
  Band band(std::size_t pair) const { return {.width = options_.band, .centre = batch_.band_centre(pair)}; }
  bool wants_path() const { return options_.output == Output::path; }

  /// Encodes one side of a pair; notes bytes that are no letters, and the codes are then unusable.
  bool encode(std::size_t pair, Side side, std::uint8_t* codes);
  /// The letters of one side of a pair.
  std::string_view letters(std::size_t pair, Side side) const {
    return side == Side::query ? batch_.query(pair) : batch_.target(pair);
  }
  /// Remembers for finish() that one side of a pair holds a byte that is no letter.
  void note_invalid(std::size_t pair, Side side);
  /// Whether any letter was invalid: from then on tasks need only encode, so that the first error is found.
  bool has_invalid_letter() const { return first_invalid_.load(std::memory_order_relaxed) != none; }

  /// Clears the results of pairs first .. last - 1. Where they are set soon after, they are in the cache.
  void clear(std::size_t first, std::size_t last);
  Alignment& alignment(std::size_t pair) { return results_.alignments[pair]; }
  Extension& extension(std::size_t pair) { return results_.extensions[pair]; }
  /// Stores what was found for a pair: the score, and the end cell where it was asked for.
  void set_end(std::size_t pair, std::int64_t score, std::int64_t query_end, std::int64_t target_end) {
    Alignment& alignment = results_.alignments[pair];
    if ((options_.mode == Mode::local && score == 0) || score < options_.min_score) return;
    alignment.status = Status::aligned;
    alignment.score = static_cast<std::int32_t>(score);
    if (options_.output == Output::score) return;
    alignment.query_end = static_cast<std::int32_t>(query_end);
    alignment.target_end = static_cast<std::int32_t>(target_end);
  }
  void set_extension(std::size_t pair, std::int32_t score, std::int32_t query_end, std::int32_t target_end,
                     const Extension& extension);

  /// Corner of the rectangle that the pair's path spans: (query_end, target_end) of the path.
  std::pair<std::int32_t, std::int32_t> path_end(std::size_t pair) const {
    if (is_extension(options_.mode) && path_reaches_query_end(pair)) {
      return {batch_.query_length(pair), results_.extensions[pair].global_target_end};
    }
    const Alignment& alignment = results_.alignments[pair];
    return {alignment.query_end, alignment.target_end};
  }
  /// What the path to that corner scores at least; a seed's score does not count.
  std::int64_t path_score(std::size_t pair) const {
    if (!is_extension(options_.mode)) return results_.alignments[pair].score;
    const bool is_global = path_reaches_query_end(pair);
    return (is_global ? results_.extensions[pair].global_score : results_.alignments[pair].score) - batch_.h0(pair);
  }

  /// Counts as kernel time until the returned object goes.
  [[nodiscard]] KernelClock::Timing time_kernel() { return KernelClock::Timing(clock_); }
  void count_cells(std::uint64_t computed) { cells_computed_.fetch_add(computed, std::memory_order_relaxed); }
  void count_fallbacks(std::uint64_t pairs) { fallbacks_.fetch_add(pairs, std::memory_order_relaxed); }
  /// Reports progress; throws Error(cancelled) after a stop request.
  void advance(std::uint64_t pairs);

  /// Throws LetterError for the first invalid letter, and completes the results' counters. `threads` took part.
  void finish(std::string_view engine, int threads);

 private:
  bool path_reaches_query_end(std::size_t pair) const;  // of an extension

  static constexpr std::uint64_t none = ~std::uint64_t{0};

  const Batch& batch_;
  const AlignOptions& options_;
  const RunControl& control_;
  AlignResults& results_;
  Encoder encoder_;
  Boundary boundary_;
  EndCells end_cells_;
  std::atomic<std::uint64_t> first_invalid_{none};  // 2 * pair, + 1 for the target
  std::atomic<std::uint64_t> cells_computed_{0};
  std::atomic<std::uint64_t> fallbacks_{0};
  KernelClock clock_;
  std::mutex progress_mutex_;
  std::uint64_t done_ = 0;
};

}  // namespace anneal::align
