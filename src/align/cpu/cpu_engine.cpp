#include "align/cpu/cpu_engine.h"

#include <algorithm>

#include "align/cpu/stage.h"

namespace anneal::align::cpu {
namespace {

void solve(const Stage& stage) {
  stage.run.clear(stage.slab.first(), stage.slab.last());
  if (stage.run.wants_path()) stage.cigars.clear(stage.slab.first(), stage.slab.last());
  if (stage.run.batch().has_excluded_ends()) return find_ends_outside(stage);
  if (needs_two_piece_kernels(stage.run.options())) return align_two_piece(stage);
  if (stage.run.options().mode == Mode::extend) {
    find_extensions(stage);
  } else {
    find_ends(stage);
  }
  if (stage.run.wants_path()) trace_paths(stage);
}

}  // namespace

CpuEngine::CpuEngine(const std::string& backend, int threads, std::uint64_t memory)
    : CpuEngine(backend, find_kernels(backend), threads, memory) {}

CpuEngine::CpuEngine(std::string backend, const Kernels* kernels, int threads, std::uint64_t memory)
    : backend_(std::move(backend)), kernels_(kernels), memory_(memory),
      task_memory_(memory / static_cast<std::uint64_t>(threads)), device_(threads),
      pool_(device_, device::MemoryKind::shared), cigar_memory_(memory / CigarMemory::share), queue_(threads) {}

void CpuEngine::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                        AlignResults& results) const {
  Run run(batch, options, control, results);
  const ScoreTable scores(options.matrix), drifted_scores(options.matrix, drift_in_8_bits(options));
  const LocalScores local(options, *kernels_);
  const LetterTable letters(options.matrix, batch.letters());
  CigarCollector cigars(cigar_memory_, run.wants_path() ? batch.size() : 0, queue_.threads());
  ScoreGuess guess(options, std::ranges::max(kernels_->local_tile_columns()));
  LeastScore least_score;
  EightBits eight_bits;
  const std::vector<std::size_t> cuts = Slab::cuts(batch, task_memory_ / 8);
  queue_.parallel_for(cuts.size() - 1, [&](std::size_t number) {
    const Slab slab(run, *kernels_, letters, scores.padding(), pool_, cuts[number], cuts[number + 1]);
    if (!slab.valid() || run.has_invalid_letter()) return;
    solve({run, slab, *kernels_, scores, drifted_scores, local, guess, least_score, eight_bits, queue_, pool_, cigars,
           task_memory_});
  });
  if (run.wants_path() && !run.has_invalid_letter()) cigars.merge_into(results, queue_);
  // What small batches reuse stays; a large one's memory goes back.
  if (pool_.usage().held > memory_ / 2) pool_.trim();
  run.finish(backend_, queue_.threads());
}

}  // namespace anneal::align::cpu
