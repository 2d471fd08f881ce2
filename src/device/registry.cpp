#include "device/registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "anneal/error.h"
#include "base/text.h"
#include "device/cpu/device.h"
#include "device/cuda/device.h"
#include "device/metal/device.h"

namespace anneal::device {
namespace {

constexpr std::array families{
    BackendFamily{cpu::list_backends, cpu::why_not_built, cpu::open_device},
    BackendFamily{metal::list_backends, metal::why_not_built, metal::open_device},
    BackendFamily{cuda::list_backends, cuda::why_not_built, cuda::open_device},
};

bool is_called(const Backend& backend, std::string_view name) {
  return backend.name == name || std::ranges::find(backend.aliases, name) != backend.aliases.end();
}

[[noreturn]] void throw_unavailable(std::string_view name, std::string_view reason) {
  throw Error(ErrorCode::unavailable, fmt::format("backend {} is not available: {}", name, reason));
}

[[noreturn]] void throw_unknown(std::string_view name) {
  std::vector<std::string> known{"auto"};
  for (const Backend& backend : backends()) {
    known.push_back(backend.name);
    known.insert(known.end(), backend.aliases.begin(), backend.aliases.end());
  }
  throw Error(ErrorCode::invalid_argument,
              fmt::format("unknown backend {}: known are {}", base::quote(name), fmt::join(known, ", ")));
}

}  // namespace

Backend find_backend(std::string_view name) {
  const std::string wanted = base::to_lower(name);
  // Family by family: to list a GPU's opens its driver, which takes a while.
  for (const BackendFamily& family : families) {
    for (Backend& backend : family.list()) {
      if (!is_called(backend, wanted)) continue;
      if (!backend.available) throw_unavailable(backend.name, backend.reason);
      return std::move(backend);
    }
  }
  for (const BackendFamily& family : families) {
    const std::string reason = family.why_not_built(wanted);
    if (!reason.empty()) throw_unavailable(wanted, reason);
  }
  throw_unknown(name);
}

std::unique_ptr<Device> open_device(const Backend& backend, int threads) {
  for (const BackendFamily& family : families) {
    for (const Backend& candidate : family.list()) {
      if (candidate.name == backend.name) return family.open(backend, threads);
    }
  }
  throw_unknown(backend.name);
}

}  // namespace anneal::device

namespace anneal {

std::vector<Backend> backends() {
  std::vector<Backend> result;
  for (const device::BackendFamily& family : device::families)
    std::ranges::move(family.list(), std::back_inserter(result));
  return result;
}

}  // namespace anneal
