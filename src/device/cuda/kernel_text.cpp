#include "device/cuda/kernel_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace anneal::device::cuda {
namespace {

std::string key_of(const Nvrtc& nvrtc, const std::vector<std::string>& options, const std::string& text) {
  return fmt::format("{}\n{}\n{}\n{}", nvrtc.version(), fmt::join(options, " "), text.size(), text);
}

}  // namespace

const std::vector<std::string>& compile_options() {
  // What stands before all kernels has functions that some do not need, and templates compare unsigned numbers with 0.
  static const std::vector<std::string> options = {"-default-device", "--std=c++17", "--fmad=false",
                                                   "--diag-suppress=177,186"};
  return options;
}

std::string compile_text(const Nvrtc& nvrtc, int capability, const std::string& text, const std::string& name,
                         const base::KeyedCache& cache) {
  const CompileTarget target = compile_target(capability, nvrtc.capabilities());
  std::vector<std::string> options = compile_options();
  options.push_back(target.option());
  const std::string key = key_of(nvrtc, options, text);
  if (const auto known = cache.find(key); known && !known->empty()) return *known;
  Nvrtc::Outcome outcome = nvrtc.compile(text, name, options, target.machine_code);
  if (outcome.image.empty()) {
    throw RuntimeError(ErrorCode::device_failed,
                       fmt::format("kernel {} does not compile: {}", name,
                                   outcome.log.empty() ? nvrtc.version() + " says nothing" : outcome.log),
                       status::success);
  }
  cache.store(key, outcome.image);
  return std::move(outcome.image);
}

LoadedKernel::LoadedKernel(Device& device, const std::string& image, std::string name)
    : device_(device), name_(std::move(name)) {
  const CurrentDevice current(device.runtime(), device.ordinal());
  const auto describe = [this] { return fmt::format("loading kernel {} on {}", name_, device_.where()); };
  device.runtime().call(
      Operation::setup, [&](RuntimeApi& api) { return api.load_library(library_, image.c_str()); }, describe);
  try {
    device.runtime().call(
        Operation::setup, [&](RuntimeApi& api) { return api.library_kernel(function_, library_, name_.c_str()); },
        describe);
  } catch (...) {
    device.runtime().release([this](RuntimeApi& api) { return api.unload_library(library_); });
    throw;
  }
}

LoadedKernel::~LoadedKernel() {
  device_.kernels().forget(ref());
  device_.runtime().release([this](RuntimeApi& api) { return api.unload_library(library_); });
}

}  // namespace anneal::device::cuda
