#include "align/metal/metal_engine.h"

#include <algorithm>
#include <utility>

#include "align/engines.h"
#include "align/gpu/execution.h"
#include "align/gpu/open_gpus.h"
#include "align/metal/platform.h"

namespace anneal::align::metal {
namespace {

std::string name_of(const std::vector<int>& ordinals) {
  return ordinals.size() == 1 ? device::metal::backend_name(ordinals.front()) : std::string(device::metal::all_devices);
}

}  // namespace

MetalEngine::MetalEngine(device::metal::Runtime& runtime, const std::vector<int>& ordinals, int threads,
                         std::uint64_t memory, const gpu::ChunkSizes& sizes)
    : MetalEngine(name_of(ordinals), {}, threads, memory, sizes) {
  auto opened = gpu::open_gpus<Platform>(runtime, ordinals, host_);
  gpus_ = std::move(opened.gpus);
  opening_failure_ = std::move(opened.failure);
}

MetalEngine::MetalEngine(std::string name, Gpus gpus, int threads, std::uint64_t memory, const gpu::ChunkSizes& sizes)
    : name_(std::move(name)), memory_(memory), sizes_(sizes), host_letters_(gpu::find_host_letters()),
      gpus_(std::move(gpus)), cigar_memory_(memory / CigarMemory::share), host_(threads) {}

MetalEngine::~MetalEngine() = default;

std::string MetalEngine::identity() const { return gpu::identity_of(gpus_); }

bool MetalEngine::is_available() const {
  return std::ranges::any_of(gpus_, [](const auto& gpu) { return !gpu->device().runtime().is_poisoned(); });
}

std::vector<std::unique_ptr<Engine>> MetalEngine::parts() const {
  std::vector<std::unique_ptr<Engine>> parts;
  if (gpus_.size() == 1) return parts;
  for (const auto& gpu : gpus_) {
    const std::string name = device::metal::backend_name(gpu->device().ordinal());
    parts.push_back(std::unique_ptr<Engine>(new MetalEngine(name, {gpu}, host_.threads(), memory_, sizes_)));
  }
  return parts;
}

const Engine& MetalEngine::cpu() const {
  const std::scoped_lock lock(mutex_);
  if (!cpu_) cpu_ = make_engine("cpu", {.threads = host_.threads(), .memory = memory_});
  return *cpu_;
}

std::string MetalEngine::take_opening_failure() const {
  const std::scoped_lock lock(mutex_);
  return std::exchange(opening_failure_, {});
}

void MetalEngine::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                          AlignResults& results) const {
  Run run(batch, options, control, results);
  CigarCollector cigars(cigar_memory_, run.wants_path() ? batch.size() : 0, host_.threads());
  const gpu::EngineParts<Platform> parts{
      .gpus = gpus_, .host = host_, .sizes = sizes_, .host_letters = host_letters_, .cpu = [this]() -> const Engine& {
        return cpu();
      }};
  gpu::Execution<Platform> execution(parts, run, run.wants_path() ? &cigars : nullptr);
  execution.run_all();
  if (run.wants_path() && !run.has_invalid_letter()) cigars.merge_into(results, host_);
  run.finish(name_, host_.threads());
  results.kernel_seconds = execution.kernel_seconds();
  results.warning = take_opening_failure();
  if (results.warning.empty()) results.warning = execution.warning();
}

}  // namespace anneal::align::metal
