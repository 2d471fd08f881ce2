#include "device/gpu_names.h"

#include <fmt/core.h>

#include <charconv>
#include <utility>

namespace anneal::device {
namespace {

constexpr std::size_t most_digits = 3;

Backend together(const std::vector<Backend*>& devices, std::string_view name) {
  Backend all;
  all.name = name;
  all.kind = devices.front()->kind;
  all.available = true;
  std::vector<std::pair<std::string, int>> models;
  for (const Backend* const device : devices) {
    all.memory += device->memory;
    all.units += device->units;
    if (models.empty() || models.back().first != device->device) models.emplace_back(device->device, 0);
    ++models.back().second;
  }
  for (const auto& [model, count] : models) {
    all.device += fmt::format("{}{} x {}", all.device.empty() ? "" : ", ", count, model);
  }
  return all;
}

}  // namespace

std::string gpu_name(std::string_view family, int ordinal) {
  return ordinal == 0 ? std::string(family) : fmt::format("{}:{}", family, ordinal);
}

std::optional<int> gpu_ordinal(std::string_view family, std::string_view name) {
  if (name == family) return 0;
  if (!name.starts_with(family)) return std::nullopt;
  name.remove_prefix(family.size());
  if (!name.starts_with(':') || name.size() > 1 + most_digits) return std::nullopt;
  name.remove_prefix(1);
  int ordinal = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), ordinal);
  const bool whole = error == std::errc() && end == name.data() + name.size() && ordinal >= 0;
  return whole ? std::optional(ordinal) : std::nullopt;
}

Backend gpu_backend(std::string_view family, int ordinal, std::string device, std::string reason) {
  Backend backend;
  backend.name = gpu_name(family, ordinal);
  if (ordinal == 0) backend.aliases.push_back(fmt::format("{}:0", family));
  backend.device = std::move(device);
  backend.kind = "gpu";
  backend.available = reason.empty();
  backend.reason = std::move(reason);
  return backend;
}

std::vector<int> available_gpus(std::string_view family, const std::vector<Backend>& backends) {
  std::vector<int> ordinals;
  for (const Backend& backend : backends) {
    const std::optional<int> ordinal = gpu_ordinal(family, backend.name);
    if (ordinal && backend.available) ordinals.push_back(*ordinal);
  }
  return ordinals;
}

void add_all_gpus(std::vector<Backend>& backends, std::string_view name) {
  std::vector<Backend*> available;
  for (Backend& backend : backends) {
    if (backend.available) available.push_back(&backend);
  }
  if (available.size() == 1) available.front()->aliases.emplace_back(name);
  if (available.size() >= 2) backends.insert(backends.begin(), together(available, name));
}

}  // namespace anneal::device
