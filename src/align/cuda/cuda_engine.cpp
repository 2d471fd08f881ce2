#include "align/cuda/cuda_engine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "align/cuda/device_letters.h"
#include "align/cuda/platform.h"
#include "align/engines.h"
#include "align/gpu/execution.h"

namespace anneal::align::cuda {
namespace {

using device::cuda::RuntimeError;

std::string name_of(const std::vector<int>& ordinals) {
  return ordinals.size() == 1 ? device::cuda::backend_name(ordinals.front()) : std::string(device::cuda::all_devices);
}

// With less, a device would fail at most of what others do.
constexpr std::uint64_t least_shared_memory = std::uint64_t{128} << 20;

std::shared_ptr<Gpu> open_gpu(device::cuda::Runtime& runtime, int ordinal, bool is_one_of_several) {
  auto gpu = std::make_shared<Gpu>(runtime, ordinal);
  const std::uint64_t memory = gpu->memory().usage().limit;
  if (!is_one_of_several || memory >= least_shared_memory) return gpu;
  throw RuntimeError(ErrorCode::out_of_memory,
                     fmt::format("{} is not used, since it has {} bytes of memory to give, less than {}: free some",
                                 gpu->device().where(), memory, least_shared_memory),
                     device::cuda::status::success);
}

}  // namespace

CudaEngine::CudaEngine(device::cuda::Runtime& runtime, const std::vector<int>& ordinals, int threads,
                       std::uint64_t memory, const ChunkSizes& sizes)
    : CudaEngine(name_of(ordinals), {}, threads, memory, sizes) {
  open(runtime, ordinals);
}

CudaEngine::CudaEngine(std::string name, Gpus gpus, int threads, std::uint64_t memory, const ChunkSizes& sizes)
    : name_(std::move(name)), memory_(memory), sizes_(sizes), host_letters_(find_host_letters()),
      gpus_(std::move(gpus)), cigar_memory_(memory / CigarMemory::share), host_(threads) {}

CudaEngine::~CudaEngine() = default;

// Side by side, since each takes a while.
void CudaEngine::open(device::cuda::Runtime& runtime, const std::vector<int>& ordinals) {
  Gpus opened(ordinals.size());
  std::vector<std::unique_ptr<RuntimeError>> failures(ordinals.size());
  host_.parallel_for(ordinals.size(), [&](std::size_t k) {
    try {
      opened[k] = open_gpu(runtime, ordinals[k], ordinals.size() > 1);
    } catch (const RuntimeError& error) {
      failures[k] = std::make_unique<RuntimeError>(error);
    }
  });
  std::ranges::copy_if(opened, std::back_inserter(gpus_), [](const auto& gpu) { return gpu != nullptr; });
  const auto failure = std::ranges::find_if(failures, [](const auto& each) { return each != nullptr; });
  if (failure == failures.end()) return;
  if (gpus_.empty()) throw RuntimeError(**failure);
  opening_failure_ = (*failure)->what();
}

std::string CudaEngine::identity() const {
  std::vector<std::string> devices;
  for (const auto& gpu : gpus_) devices.push_back(gpu->device().identity());
  return fmt::format("{}", fmt::join(devices, "; "));
}

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
