#include "align/engines.h"

#include <fmt/format.h>

#include "align/cpu/cpu_engine.h"
#include "align/cuda/make_engine.h"
#include "align/scalar/scalar_engine.h"
#include "align/self_test.h"
#include "base/text.h"
#include "device/cuda/targets.h"
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
    {[](const Backend& backend) { return device::cuda::ordinal_of(backend.name).has_value(); }, cuda::make_engine},
};

std::unique_ptr<Engine> make(const Backend& backend, const EngineResources& resources) {
  for (const EngineFamily& family : families) {
    if (family.serves(backend)) return family.make(backend, resources);
  }
  throw Error(ErrorCode::unavailable, fmt::format("backend {} has no alignment engine in this build", backend.name));
}

bool is_trusted(const Backend& backend, const Engine& engine) {
  if (backend.name == "scalar") return true;  // it is the specification
  return device::SelfTestCache::shared().passes(backend.name, engine.identity(),
                                                [&] { return passes_self_test(engine); });
}

}  // namespace

std::unique_ptr<Engine> make_engine(std::string_view name, const EngineResources& resources) {
  if (base::to_lower(name) == "auto") {
    // GPUs come after the CPU's targets: until it is known when they pay, they have to be asked for.
    for (const Backend& backend : backends()) {
      if (!backend.available) continue;
      std::unique_ptr<Engine> engine = make(backend, resources);
      if (is_trusted(backend, *engine)) return engine;
    }
  }
  const Backend backend = device::find_backend(name);
  std::unique_ptr<Engine> engine = make(backend, resources);
  if (is_trusted(backend, *engine)) return engine;
  throw Error(ErrorCode::unavailable,
              fmt::format("backend {} failed its self-test on this machine: choose another with --backend, and please "
                          "report it",
                          backend.name));
}

}  // namespace anneal::align
