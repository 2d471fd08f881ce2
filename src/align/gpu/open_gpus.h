// The devices of an engine.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "device/cpu/queue.h"

namespace anneal::align::gpu {

/// Of several devices, one with less memory would fail at most of what others do. Bytes.
inline constexpr std::uint64_t least_shared_memory = std::uint64_t{128} << 20;

template <class Platform>
struct OpenedGpus {
  std::vector<std::shared_ptr<typename Platform::Gpu>> gpus;  ///< at least one
  std::string failure;                                        ///< why the first that is not among them is not
};

template <class Platform>
std::shared_ptr<typename Platform::Gpu> open_gpu(typename Platform::Runtime& runtime, int ordinal,
                                                 bool is_one_of_several) {
  auto gpu = std::make_shared<typename Platform::Gpu>(runtime, ordinal);
  const std::uint64_t memory = gpu->memory().usage().limit;
  if (!is_one_of_several || memory >= least_shared_memory) return gpu;
  throw typename Platform::RuntimeError(
      ErrorCode::out_of_memory,
      fmt::format("{} is not used, since it has {} bytes of memory to give, less than {}: free some",
                  gpu->device().where(), memory, least_shared_memory),
      0);
}

/// Opens them side by side, since each takes a while. Those that cannot be used are left out; throws the runtime's
/// error where that are all. `Platform` names the classes of a kind of GPU.
template <class Platform>
OpenedGpus<Platform> open_gpus(typename Platform::Runtime& runtime, const std::vector<int>& ordinals,
                               device::cpu::Queue& host) {
  using RuntimeError = typename Platform::RuntimeError;
  std::vector<std::shared_ptr<typename Platform::Gpu>> opened(ordinals.size());
  std::vector<std::unique_ptr<RuntimeError>> failures(ordinals.size());
  host.parallel_for(ordinals.size(), [&](std::size_t k) {
    try {
      opened[k] = open_gpu<Platform>(runtime, ordinals[k], ordinals.size() > 1);
    } catch (const RuntimeError& error) {
      failures[k] = std::make_unique<RuntimeError>(error);
    }
  });
  OpenedGpus<Platform> found;
  std::ranges::copy_if(opened, std::back_inserter(found.gpus), [](const auto& gpu) { return gpu != nullptr; });
  const auto failure = std::ranges::find_if(failures, [](const auto& each) { return each != nullptr; });
  if (failure == failures.end()) return found;
  if (found.gpus.empty()) throw RuntimeError(**failure);
  found.failure = (*failure)->what();
  return found;
}

/// What results of these together may depend on.
template <class Gpus>
std::string identity_of(const Gpus& gpus) {
  std::vector<std::string> devices;
  devices.reserve(gpus.size());
  for (const auto& gpu : gpus) devices.push_back(gpu->device().identity());
  return fmt::format("{}", fmt::join(devices, "; "));
}

}  // namespace anneal::align::gpu
