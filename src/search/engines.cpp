#include "search/engines.h"

#include <utility>

#include "anneal/device.h"
#include "device/cuda/targets.h"
#include "search/aligner_engine.h"
#include "search/auto_engine.h"
#include "search/cuda/make_engine.h"
#include "search/fallback_engine.h"
#include "search/shared_engine.h"

namespace anneal::search {
namespace {

std::unique_ptr<Engine> make_aligner_engine(const AlignOptions& options, AlignerSettings settings,
                                            std::string backend) {
  settings.backend = std::move(backend);
  return std::make_unique<AlignerEngine>(std::make_unique<Aligner>(options, settings));
}

std::unique_ptr<Engine> make_cuda_engine(const std::string& backend, const AlignOptions& options) {
  const cuda::SearchScoring scoring{options.matrix, options.gap_open, options.gap_extend};
  std::vector<std::unique_ptr<Engine>> engines;
  for (const int ordinal : device::cuda::ordinals_of(backend)) {
    engines.push_back(cuda::make_engine({.name = device::cuda::backend_name(ordinal)}, scoring));
  }
  if (engines.size() == 1) return std::move(engines.front());
  return std::make_unique<SharedEngine>(backend, std::move(engines));
}

std::unique_ptr<Engine> make_gpu_engine(const std::string& backend, const AlignOptions& options,
                                        const AlignerSettings& settings) {
  return std::make_unique<FallbackEngine>(
      backend, [&] { return make_cuda_engine(backend, options); },
      [options, settings] { return make_aligner_engine(options, settings, "cpu"); }, options.matrix);
}

bool is_cuda(const std::string& name) {
  return name == "cuda" || name.starts_with("cuda:") || name == device::cuda::all_devices;
}

// The first of NVIDIA's GPUs that can be used; of several, all of them. Empty where there is none.
std::string cuda_backend() {
  for (const Backend& backend : backends()) {
    if (backend.available && is_cuda(backend.name)) return backend.name;
  }
  return {};
}

std::unique_ptr<Engine> make_auto_engine(const AlignOptions& options, const AlignerSettings& settings) {
  const auto make_gpu = [options, settings]() -> std::unique_ptr<Engine> {
    const std::string backend = cuda_backend();
    return backend.empty() ? nullptr : make_gpu_engine(backend, options, settings);
  };
  // The aligner's own auto knows other GPUs, but of CUDA's only a slower way.
  const bool may_have_cuda = device::cuda::process_runtime() != nullptr;
  return std::make_unique<AutoEngine>(make_aligner_engine(options, settings, may_have_cuda ? "cpu" : "auto"), make_gpu);
}

}  // namespace

std::unique_ptr<Engine> make_engine(const AlignOptions& options, const AlignerSettings& settings) {
  if (settings.backend == "auto") return make_auto_engine(options, settings);
  if (is_cuda(settings.backend) && !device::cuda::ordinals_of(settings.backend).empty()) {
    return make_gpu_engine(settings.backend, options, settings);
  }
  return make_aligner_engine(options, settings, settings.backend);
}

}  // namespace anneal::search
