#include "device/metal/targets.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "device/gpu_names.h"

namespace anneal::device::metal {
namespace {

constexpr std::string_view family = "metal";

Backend make_backend(int ordinal, const DeviceProperties& properties, std::string reason) {
  Backend backend = gpu_backend(family, ordinal, properties.name, std::move(reason));
  backend.memory = properties.memory;
  return backend;
}

std::vector<Backend> absent(std::string reason) { return {make_backend(0, {.name = "Apple GPU"}, std::move(reason))}; }

std::string why_not(const DeviceProperties& properties) {
  if (properties.has_simdgroups) return {};
  return fmt::format("its families are {}; kernels need Apple7, which M1 has, or Mac2",
                     properties.family.empty() ? "older than all that anneal knows" : properties.family);
}

std::vector<Backend> ask(Runtime& runtime) {
  std::vector<Object> devices;
  runtime.call(
      Operation::setup, [&](RuntimeApi& api) { return api.devices(devices); },
      [] { return std::string("listing Metal's devices"); });
  if (devices.empty()) return absent("Metal shows no GPU");
  std::vector<Backend> result;
  for (const Object& device : devices) {
    const int ordinal = static_cast<int>(result.size());
    DeviceProperties properties;
    runtime.call(
        Operation::setup, [&](RuntimeApi& api) { return api.properties(device, properties); },
        [ordinal] { return fmt::format("asking what {} is", backend_name(ordinal)); });
    result.push_back(make_backend(ordinal, properties, why_not(properties)));
  }
  return result;
}

// Without all of them together.
std::vector<Backend> list_devices(Runtime* runtime) {
  if (runtime == nullptr) return absent(std::string(absent_from_build));
  try {
    return ask(*runtime);
  } catch (const Error& error) {
    return absent(error.what());
  }
}

}  // namespace

std::string backend_name(int ordinal) { return gpu_name(family, ordinal); }

std::optional<int> ordinal_of(std::string_view name) { return gpu_ordinal(family, name); }

std::vector<int> ordinals_of(std::string_view name) {
  if (const std::optional<int> ordinal = ordinal_of(name)) return {*ordinal};
  return name == all_devices ? available_gpus(family, list_backends()) : std::vector<int>{};
}

std::vector<Backend> list_backends(Runtime* runtime) {
  std::vector<Backend> result = list_devices(runtime);
  add_all_gpus(result, all_devices);
  return result;
}

std::vector<Backend> list_backends() {
  static const std::vector<Backend> found = list_devices(process_runtime());
  std::vector<Backend> result = found;
  for (std::size_t ordinal = 0; ordinal < result.size(); ++ordinal) {
    Backend& backend = result[ordinal];
    if (!backend.available) continue;
    backend.reason = process_runtime()->of_device(static_cast<int>(ordinal)).poison_reason();
    backend.available = backend.reason.empty();
  }
  add_all_gpus(result, all_devices);
  return result;
}

bool is_available() { return std::ranges::any_of(list_backends(), &Backend::available); }

std::string why_not_built(std::string_view target) {
  if (!ordinal_of(target) && target != all_devices) return {};
  const std::vector<Backend> found = list_backends();
  if (!found.front().available) return found.front().reason;
  const auto devices = std::ranges::count_if(found, [](const Backend& each) { return each.name != all_devices; });
  return fmt::format("this machine has {} Metal device{}, counted from 0", devices, devices == 1 ? "" : "s");
}

}  // namespace anneal::device::metal
