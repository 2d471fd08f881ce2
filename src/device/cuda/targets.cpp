#include "device/cuda/targets.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "device/gpu_names.h"

namespace anneal::device::cuda {
namespace {

constexpr std::string_view family = "cuda";

std::string version_text(int version) { return fmt::format("{}.{}", version / 1000, version % 1000 / 10); }
std::string capability_text(int capability) { return fmt::format("{}.{}", capability / 10, capability % 10); }

Backend make_backend(int ordinal, const DeviceProperties& properties, std::string reason) {
  Backend backend = gpu_backend(family, ordinal, properties.name, std::move(reason));
  backend.memory = properties.memory;
  backend.units = properties.multiprocessors;
  return backend;
}

std::vector<Backend> absent(std::string reason) { return {make_backend(0, {.name = "NVIDIA GPU"}, std::move(reason))}; }

std::string why_no_driver(Runtime& runtime) {
  int driver = 0;
  int needed = 0;
  const auto describe = [] { return std::string("asking for CUDA's versions"); };
  runtime.call(Operation::setup, [&](RuntimeApi& api) { return api.driver_version(driver); }, describe);
  runtime.call(Operation::setup, [&](RuntimeApi& api) { return api.runtime_version(needed); }, describe);
  if (driver == 0) return "no NVIDIA driver is installed (libcuda.so.1)";
  // Drivers run all programs of their major version.
  if (driver / 1000 < needed / 1000) {
    return fmt::format("the NVIDIA driver is for CUDA {}, this build needs one for {}.0 or newer: update the driver",
                       version_text(driver), needed / 1000);
  }
  return {};
}

std::string why_not(Runtime& runtime, const DeviceProperties& properties) {
  const int lowest = runtime.api().lowest_capability();
  if (properties.capability >= lowest) return {};
  return fmt::format("its compute capability is {}, this build needs {} or newer",
                     capability_text(properties.capability), capability_text(lowest));
}

std::vector<Backend> ask(Runtime& runtime) {
  if (std::string reason = why_no_driver(runtime); !reason.empty()) return absent(std::move(reason));
  int count = 0;
  const bool found = runtime.call_unless(
      status::no_device, Operation::setup, [&](RuntimeApi& api) { return api.device_count(count); },
      [] { return std::string("counting CUDA devices"); });
  if (!found || count == 0) return absent("the NVIDIA driver shows no GPU (CUDA_VISIBLE_DEVICES may hide it)");
  std::vector<Backend> result;
  for (int i = 0; i < count; ++i) {
    DeviceProperties properties;
    runtime.call(
        Operation::setup, [&](RuntimeApi& api) { return api.properties(i, properties); },
        [i] { return fmt::format("asking what {} is", backend_name(i)); });
    result.push_back(make_backend(i, properties, why_not(runtime, properties)));
  }
  add_all_gpus(result, all_devices);
  return result;
}

}  // namespace

std::string backend_name(int ordinal) { return gpu_name(family, ordinal); }

std::optional<int> ordinal_of(std::string_view name) { return gpu_ordinal(family, name); }

std::vector<int> ordinals_of(std::string_view name) {
  if (const std::optional<int> ordinal = ordinal_of(name)) return {*ordinal};
  return name == all_devices ? available_gpus(family, list_backends()) : std::vector<int>{};
}

std::vector<Backend> list_backends(Runtime* runtime) {
  if (runtime == nullptr) return absent(std::string(absent_from_build));
  try {
    return ask(*runtime);
  } catch (const Error& error) {
    return absent(error.what());
  }
}

std::vector<Backend> list_backends() {
  static const std::vector<Backend> found = list_backends(process_runtime());
  if (!is_poisoned()) return found;
  std::vector<Backend> result = found;
  for (Backend& backend : result) {
    if (!backend.available) continue;
    backend.available = false;
    backend.reason = process_runtime()->poison_reason();
  }
  return result;
}

std::string why_not_built(std::string_view target) {
  if (!ordinal_of(target) && target != all_devices) return {};
  const std::vector<Backend> found = list_backends();
  if (!found.front().available) return found.front().reason;
  const auto devices = std::ranges::count_if(found, [](const Backend& each) { return each.name != all_devices; });
  return fmt::format("this machine has {} CUDA device{}, counted from 0", devices, devices == 1 ? "" : "s");
}

}  // namespace anneal::device::cuda
