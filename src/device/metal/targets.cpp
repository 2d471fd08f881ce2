#include "device/metal/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace anneal::device::metal {
namespace {

constexpr std::string_view family = "metal";

Backend make_backend(int ordinal, const DeviceProperties& properties, std::string reason) {
  Backend backend;
  backend.name = backend_name(ordinal);
  if (ordinal == 0) backend.aliases.push_back(fmt::format("{}:0", family));
  backend.device = properties.name;
  backend.kind = "gpu";
  backend.available = reason.empty();
  backend.reason = std::move(reason);
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

}  // namespace

std::string backend_name(int ordinal) {
  return ordinal == 0 ? std::string(family) : fmt::format("{}:{}", family, ordinal);
}

std::optional<int> ordinal_of(std::string_view name) {
  constexpr std::string_view prefix = "metal:";
  if (name == family) return 0;
  if (!name.starts_with(prefix) || name.size() > prefix.size() + 3) return std::nullopt;
  name.remove_prefix(prefix.size());
  int ordinal = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), ordinal);
  const bool whole = error == std::errc() && end == name.data() + name.size() && ordinal >= 0;
  return whole ? std::optional(ordinal) : std::nullopt;
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

bool is_available() { return std::ranges::any_of(list_backends(), &Backend::available); }

std::string why_not_built(std::string_view target) {
  if (!ordinal_of(target)) return {};
  const std::vector<Backend> found = list_backends();
  if (!found.front().available) return found.front().reason;
  return fmt::format("this machine has {} Metal device{}, counted from 0", found.size(), found.size() == 1 ? "" : "s");
}

}  // namespace anneal::device::metal
