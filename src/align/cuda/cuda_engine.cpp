#include "align/cuda/cuda_engine.h"

#include <utility>

#include "align/cuda/device_letters.h"
#include "align/cuda/platform.h"
#include "align/engines.h"
#include "align/gpu/execution.h"
#include "align/gpu/open_gpus.h"

namespace anneal::align::cuda {
namespace {

std::string name_of(const std::vector<int>& ordinals) {
  return ordinals.size() == 1 ? device::cuda::backend_name(ordinals.front()) : std::string(device::cuda::all_devices);
}

}  // namespace

CudaEngine::CudaEngine(device::cuda::Runtime& runtime, const std::vector<int>& ordinals, int threads,
                       std::uint64_t memory, const ChunkSizes& sizes)
    : CudaEngine(name_of(ordinals), {}, threads, memory, sizes) {
  auto opened = gpu::open_gpus<Platform>(runtime, ordinals, host_);
  gpus_ = std::move(opened.gpus);
  opening_failure_ = std::move(opened.failure);
}

CudaEngine::CudaEngine(std::string name, Gpus gpus, int threads, std::uint64_t memory, const ChunkSizes& sizes)
    : name_(std::move(name)), memory_(memory), sizes_(sizes), host_letters_(find_host_letters()),
      gpus_(std::move(gpus)), cigar_memory_(memory / CigarMemory::share), host_(threads) {}

CudaEngine::~CudaEngine() = default;

std::string CudaEngine::identity() const { return gpu::identity_of(gpus_); }

std::vector<std::unique_ptr<Engine>> CudaEngine::parts() const {
  std::vector<std::unique_ptr<Engine>> parts;
  if (gpus_.size() == 1) return parts;
  for (const auto& gpu : gpus_) {
    const std::string name = device::cuda::backend_name(gpu->device().ordinal());
    parts.push_back(std::unique_ptr<Engine>(new CudaEngine(name, {gpu}, host_.threads(), memory_, sizes_)));
  }
  return parts;
}

const Engine& CudaEngine::cpu() const {
  const std::scoped_lock lock(mutex_);
  if (!cpu_) cpu_ = make_engine("cpu", {.threads = host_.threads(), .memory = memory_});
  return *cpu_;
}

std::string CudaEngine::take_opening_failure() const {
  const std::scoped_lock lock(mutex_);
  return std::exchange(opening_failure_, {});
}

void CudaEngine::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                         AlignResults& results) const {
  align(batch, options, control, results, nullptr);
}

void CudaEngine::align(const Batch& batch, const AlignOptions& options, const RunControl& control,
                       AlignResults& results, const DeviceLetters* device_letters) const {
  Run run(batch, options, control, results);
  if (device_letters != nullptr) device_letters->note_invalid(run);
  CigarCollector cigars(cigar_memory_, run.wants_path() ? batch.size() : 0, host_.threads());
  const gpu::EngineParts<Platform> parts{.gpus = gpus_,
                                         .host = host_,
                                         .sizes = sizes_,
                                         .host_letters = host_letters_,
                                         .cpu = [this]() -> const Engine& { return cpu(); },
                                         .device_letters = device_letters};
  gpu::Execution<Platform> execution(parts, run, run.wants_path() ? &cigars : nullptr);
  execution.run_all();
  if (run.wants_path() && !run.has_invalid_letter()) cigars.merge_into(results, host_);
  run.finish(name_, host_.threads());
  results.kernel_seconds = execution.kernel_seconds();
  results.warning = take_opening_failure();
  if (results.warning.empty()) results.warning = execution.warning();
}

}  // namespace anneal::align::cuda
