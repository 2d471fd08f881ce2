#include "align/cpu/cpu_engine.h"

#include "align/cpu/stage.h"

namespace anneal::align::cpu {

CpuEngine::CpuEngine(std::string backend, int threads, std::uint64_t memory)
    : backend_(std::move(backend)), kernels_(find_kernels(backend_)), memory_(memory),
      task_memory_(memory / static_cast<std::uint64_t>(threads)), device_(threads),
      pool_(device_, device::MemoryKind::shared), queue_(threads) {}

void CpuEngine::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                        AlignResults& results) const {
  Run run(batch, options, control, results);
  const ScoreTable scores(options.matrix);
  const LetterTable letters(options.matrix, batch.letters());
  CigarCollector cigars(run.wants_path() ? batch.size() : 0, queue_.threads());
  const Stage stage{run, *kernels_, scores, letters, queue_, pool_, cigars, task_memory_};
  if (options.mode == Mode::extend) {
    find_extensions(stage);
  } else {
    find_ends(stage);
  }
  if (run.wants_path() && !run.has_invalid_letter()) {
    trace_paths(stage);
    cigars.merge_into(results, queue_);
  }
  // What small batches reuse stays; a large one's memory goes back.
  if (pool_.usage().held > memory_ / 2) pool_.trim();
  run.finish(backend_, queue_.threads());
}

}  // namespace anneal::align::cpu
