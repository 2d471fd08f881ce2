#include "align/engines.h"

#include <fmt/core.h>

#include <algorithm>

#include "align/auto_engine.h"
#include "align/cpu/cpu_engine.h"
#include "align/cuda/make_engine.h"
#include "align/metal/make_engine.h"
#include "align/scalar/scalar_engine.h"
#include "align/self_test.h"
#include "base/text.h"
#include "device/cpu/targets.h"
#include "device/cuda/targets.h"
#include "device/metal/targets.h"
#include "device/registry.h"
#include "device/self_test_cache.h"

namespace anneal::align {
namespace {

struct EngineFamily {
  bool (*serves)(const Backend& backend);
  std::unique_ptr<Engine> (*make)(const Backend& backend, const EngineResources& resources);
};

// The first that serves a backend makes its engine.
constexpr EngineFamily families[] = {
    {[](const Backend& backend) { return backend.name == "scalar"; },
     [](const Backend&, const EngineResources& resources) -> std::unique_ptr<Engine> {
       return std::make_unique<scalar::ScalarEngine>(resources.threads, resources.memory);
     }},
    {[](const Backend& backend) { return backend.kind == "cpu"; },
     [](const Backend& backend, const EngineResources& resources) -> std::unique_ptr<Engine> {
       return std::make_unique<cpu::CpuEngine>(backend.name, resources.threads, resources.memory);
     }},
    {[](const Backend& backend) { return !device::cuda::ordinals_of(backend.name).empty(); }, cuda::make_engine},
    {[](const Backend& backend) { return !device::metal::ordinals_of(backend.name).empty(); }, metal::make_engine},
};

std::unique_ptr<Engine> make(const Backend& backend, const EngineResources& resources) {
  for (const EngineFamily& family : families) {
    if (family.serves(backend)) return family.make(backend, resources);
  }
  throw Error(ErrorCode::unavailable, fmt::format("backend {} has no alignment engine in this build", backend.name));
}

bool is_trusted(std::string_view backend, const Engine& engine) {
  if (backend == "scalar") return true;  // it is the specification
  const std::vector<std::unique_ptr<Engine>> parts = engine.parts();
  if (!parts.empty()) {
    return std::ranges::all_of(parts, [](const auto& part) { return is_trusted(part->name(), *part); });
  }
  return device::SelfTestCache::shared().passes(backend, engine.identity(), [&] { return passes_self_test(engine); });
}

std::unique_ptr<Engine> make_best_cpu_engine(const EngineResources& resources) {
  for (const Backend& backend : device::cpu::list_backends()) {
    if (!backend.available) continue;
    std::unique_ptr<Engine> engine = make(backend, resources);
    if (is_trusted(backend.name, *engine)) return engine;
  }
  throw Error(ErrorCode::internal, "there is no engine for the CPU");  // scalar is always there
}

std::vector<GpuCandidate> list_gpus(const EngineResources& resources) {
  std::vector<GpuCandidate> gpus;
  for (const Backend& backend : backends()) {
    if (backend.kind != "gpu" || !backend.available) continue;
    gpus.push_back({backend.name, [backend, resources] { return make(backend, resources); }});
  }
  return gpus;
}

}  // namespace

std::unique_ptr<AutoEngine> make_auto_engine(const EngineResources& resources) {
  std::unique_ptr<Engine> cpu = make_best_cpu_engine(resources);
  CalibrationStore store = CalibrationStore::shared(cpu->name(), resources.threads, resources.memory);
  const GpuSource gpus{
      .list = [resources] { return list_gpus(resources); },
      .passes_self_test = [](const Engine& engine) { return is_trusted(engine.name(), engine); },
      .opens_soon = device::metal::is_available(),
      .note = set_auto_note,
  };
  return std::make_unique<AutoEngine>(std::move(cpu), resources, gpus, std::move(store));
}

std::unique_ptr<Engine> make_engine(std::string_view name, const EngineResources& resources) {
  if (base::to_lower(name) == "auto") return make_auto_engine(resources);
  const Backend backend = device::find_backend(name);
  std::unique_ptr<Engine> engine = make(backend, resources);
  if (is_trusted(backend.name, *engine)) return engine;
  throw Error(ErrorCode::unavailable,
              fmt::format("backend {} failed its self-test on this machine: choose another with --backend, and please "
                          "report it",
                          backend.name));
}

}  // namespace anneal::align
