#include "align/metal/metal_engine.h"

#include "align/engines.h"
#include "align/gpu/execution.h"
#include "align/metal/platform.h"

namespace anneal::align::metal {

MetalEngine::MetalEngine(device::metal::Runtime& runtime, int ordinal, int threads, std::uint64_t memory,
                         const gpu::ChunkSizes& sizes)
    : name_(device::metal::backend_name(ordinal)), memory_(memory), sizes_(sizes),
      host_letters_(gpu::find_host_letters()), gpu_(std::make_shared<Gpu>(runtime, ordinal)),
      cigar_memory_(memory / CigarMemory::share), host_(threads) {}

MetalEngine::~MetalEngine() = default;

const Engine& MetalEngine::cpu() const {
  const std::scoped_lock lock(mutex_);
  if (!cpu_) cpu_ = make_engine("cpu", {.threads = host_.threads(), .memory = memory_});
  return *cpu_;
}

void MetalEngine::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                          AlignResults& results) const {
  Run run(batch, options, control, results);
  CigarCollector cigars(cigar_memory_, run.wants_path() ? batch.size() : 0, host_.threads());
  const gpu::EngineParts<Platform> parts{.gpus = std::span(&gpu_, 1),
                                         .host = host_,
                                         .sizes = sizes_,
                                         .host_letters = host_letters_,
                                         .cpu = [this]() -> const Engine& { return cpu(); }};
  gpu::Execution<Platform> execution(parts, run, run.wants_path() ? &cigars : nullptr);
  execution.run_all();
  if (run.wants_path() && !run.has_invalid_letter()) cigars.merge_into(results, host_);
  run.finish(name_, host_.threads());
  results.kernel_seconds = execution.kernel_seconds();
  results.warning = execution.warning();
}

}  // namespace anneal::align::metal
