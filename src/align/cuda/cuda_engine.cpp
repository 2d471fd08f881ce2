#include "align/cuda/cuda_engine.h"

#include "align/cpu/kernels.h"
#include "align/cuda/device_letters.h"
#include "align/cuda/execution.h"
#include "align/engines.h"
#include "device/cuda/queue.h"
#include "device/registry.h"

namespace anneal::align::cuda {
namespace {

HostLetters find_host_letters() {
  const std::string backend = device::find_backend("cpu").name;
  const cpu::Kernels* const kernels = cpu::find_kernels(backend);
  return {.encode = kernels == nullptr ? nullptr : kernels->encode, .pack = cpu::find_packer(backend)};
}

// Other programs, and CUDA itself, need some.
std::uint64_t memory_limit(device::cuda::Device& device) { return device.free_memory() / 10 * 9; }

}  // namespace

CudaEngine::CudaEngine(device::cuda::Runtime& runtime, int ordinal, int threads, std::uint64_t memory)
    : name_(device::cuda::backend_name(ordinal)), memory_(memory), host_letters_(find_host_letters()),
      device_(runtime, ordinal), device_memory_(device_, device::MemoryKind::device, memory_limit(device_)),
      staging_(device_, device::MemoryKind::staging), cigar_memory_(memory / CigarMemory::share), host_(threads) {}

CudaEngine::~CudaEngine() = default;

void CudaEngine::add_queues(Queues& queues) const {
  {
    const std::scoped_lock lock(mutex_);
    queues = std::exchange(idle_queues_, {});
  }
  while (queues.size() < Execution::queues_per_thread * static_cast<std::size_t>(host_.threads())) {
    queues.push_back(std::make_unique<device::cuda::Queue>(device_));
  }
}

// Another call may have given back its own: one set is kept.
void CudaEngine::give_back(Queues queues) const {
  const std::scoped_lock lock(mutex_);
  if (idle_queues_.empty()) idle_queues_ = std::move(queues);
}

const Engine& CudaEngine::cpu() const {
  const std::scoped_lock lock(mutex_);
  if (!cpu_) cpu_ = make_engine("cpu", {.threads = host_.threads(), .memory = memory_});
  return *cpu_;
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
  const EngineParts parts{.device = device_,
                          .memory = device_memory_,
                          .staging = staging_,
                          .host = host_,
                          .host_letters = host_letters_,
                          .cpu = [this]() -> const Engine& { return cpu(); },
                          .add_queues = [this](Queues& queues) { add_queues(queues); },
                          .device_letters = device_letters};
  Queues queues;
  double kernel_seconds = 0;
  {
    Execution execution(parts, run, run.wants_path() ? &cigars : nullptr, queues);
    execution.run_all();
    results.warning = execution.warning();
    kernel_seconds = execution.kernel_seconds();
  }
  give_back(std::move(queues));
  if (run.wants_path() && !run.has_invalid_letter()) cigars.merge_into(results, host_);
  run.finish(name_, host_.threads());
  results.kernel_seconds = kernel_seconds;
}

}  // namespace anneal::align::cuda
