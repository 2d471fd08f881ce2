#include "cli/machine_arguments.h"

#include <fmt/core.h>

#include <algorithm>

#include "align/aligner_core.h"
#include "anneal/device.h"
#include "anneal/error.h"
#include "base/parse_size.h"
#include "base/text.h"
#include "device/registry.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::string gpu_backend() {
  std::string reasons;
  for (const Backend& backend : backends()) {
    if (backend.kind != "gpu") continue;
    if (backend.available) return backend.name;
    reasons += fmt::format(" {}: {};", backend.name, backend.reason);
  }
  throw Error(ErrorCode::unavailable, fmt::format("--gpu: no GPU is available here ('anneal devices' lists what is);{} "
                                                  "leave --gpu out to use the CPU",
                                                  reasons));
}

bool is_gpu(std::string_view name) {
  return std::ranges::any_of(backends(), [&](const Backend& backend) {
    const bool is_called = backend.name == name || std::ranges::count(backend.aliases, name) > 0;
    return is_called && backend.kind == "gpu";
  });
}

// The backend for another device of the same kind as `name`, which is device 0.
std::string device_backend(const std::string& name, std::int64_t device) {
  if (device == 0) return name;
  if (name.find(':') == std::string::npos && is_gpu(name)) return fmt::format("{}:{}", name, device);
  refuse(fmt::format("--device {} does not go with --backend {}: it is for GPUs named without a device, such as cuda",
                     device, name));
}

std::string chosen_backend(const Values& values) {
  std::string name = values.text("backend", "auto");
  if (values.given("gpu")) {
    if (name == "auto") {
      name = gpu_backend();
      // One of them is asked for.
      if (values.given("device")) name.resize(std::min(name.find(':'), name.size()));
    } else if (!is_gpu(name)) {
      refuse(fmt::format("--gpu and --backend {} contradict each other", name));
    }
  }
  return device_backend(name, values.integer("device", 0));
}

std::uint64_t memory_budget(const Values& values) {
  if (!values.given("memory")) return 0;
  const std::uint64_t memory = base::parse_size(values.text("memory"), "--memory");
  if (memory < Aligner::min_memory) {
    refuse(fmt::format("--memory {} is too little; the least is 64M", values.text("memory")));
  }
  return memory;
}

}  // namespace

AlignerSettings machine_arguments(const Values& values) {
  return {.backend = chosen_backend(values),
          .threads = static_cast<int>(values.integer("threads", 0)),
          .memory = memory_budget(values)};
}

AlignerSettings resolved_settings(const AlignerSettings& settings) {
  const align::EngineResources resources = align::resources_of(settings);
  const bool is_auto = base::to_lower(settings.backend) == "auto";
  return {.backend = is_auto ? "auto" : device::find_backend(settings.backend).name,
          .threads = resources.threads,
          .memory = resources.memory,
          .callers = resources.callers};
}

std::string describe_backend(const std::string& engine) {
  if (engine != "auto") return engine;
  return fmt::format("auto, {} or a GPU where it is faster", device::find_backend("cpu").name);
}

}  // namespace anneal::cli
