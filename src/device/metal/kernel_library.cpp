#include "device/metal/kernel_library.h"

#include <fmt/core.h>

#include <numeric>

namespace anneal::device::metal {
namespace {

void check_range(const KernelRef& kernel, std::string_view what, std::uint64_t value, std::uint64_t most) {
  if (value >= 1 && value <= most) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("kernel {}: {} is {}, give 1 to {}", kernel.name, what, value, most));
}

void check_extent(const KernelRef& kernel, std::string_view what, const Extent& extent, const Extent& largest) {
  check_range(kernel, fmt::format("{}.x", what), extent.x, largest.x);
  check_range(kernel, fmt::format("{}.y", what), extent.y, largest.y);
  check_range(kernel, fmt::format("{}.z", what), extent.z, largest.z);
}

// Threads of a grid are counted in 32 bits.
void check_threads(const KernelRef& kernel, std::string_view dimension, unsigned groups, unsigned threads) {
  check_range(kernel, fmt::format("the number of threads along {}", dimension), std::uint64_t{groups} * threads,
              0xffffffffu);
}

}  // namespace

KernelLibrary::KernelLibrary(Runtime& runtime, Object device, const DeviceProperties& properties, std::string where)
    : runtime_(runtime), device_(std::move(device)), properties_(properties), where_(std::move(where)) {}

Object KernelLibrary::library(const KernelRef& kernel) {
  Object& library = libraries_[kernel.source->hash()];
  if (library) return library;
  runtime_.call(
      Operation::setup,
      [&](RuntimeApi& api) {
        return api.create_library(device_, std::string(kernel.source->text()), std::string(kernel.source->name()),
                                  library);
      },
      [&] { return fmt::format("compiling {} for kernel {} on {}", kernel.source->name(), kernel.name, where_); });
  return library;
}

const KernelLibrary::Pipeline& KernelLibrary::pipeline(const KernelRef& kernel) {
  Key key{kernel.source->hash(), std::string(kernel.name),
          std::vector<Constant>(kernel.constants.begin(), kernel.constants.end())};
  const std::scoped_lock lock(mutex_);
  const auto found = pipelines_.find(key);
  if (found != pipelines_.end()) return found->second;
  Pipeline pipeline;
  const Object from = library(kernel);
  runtime_.call(
      Operation::setup,
      [&](RuntimeApi& api) {
        return api.create_pipeline(from, std::string(kernel.name), kernel.constants, pipeline.state,
                                   pipeline.attributes);
      },
      [&] { return fmt::format("compiling kernel {} of {} on {}", kernel.name, kernel.source->name(), where_); });
  return pipelines_.emplace(std::move(key), std::move(pipeline)).first->second;
}

bool KernelLibrary::fits(const KernelAttributes& attributes, int threads, std::size_t shared_bytes) const {
  return threads <= attributes.max_threads &&
         shared_bytes <= properties_.threadgroup_bytes - attributes.threadgroup_bytes;
}

int KernelLibrary::group_size(const KernelRef& kernel, const SharedBytes& shared_bytes, int step) {
  const KernelAttributes attributes = this->attributes(kernel);
  if (step == 0) step = attributes.execution_width;
  const auto bytes = [&](int threads) { return shared_bytes ? shared_bytes(threads) : 0; };
  int best = 0;
  for (int threads = step; fits(attributes, threads, bytes(threads)); threads += step) best = threads;
  if (best > 0) return best;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("kernel {}: a group of {} threads with {} bytes of threadgroup memory does not fit {}, which "
                          "has {} threads and {} bytes for it",
                          kernel.name, step, bytes(step), where_, attributes.max_threads,
                          properties_.threadgroup_bytes - attributes.threadgroup_bytes));
}

Extent KernelLibrary::group_size_2d(const KernelRef& kernel, unsigned width, const SharedBytes& shared_bytes) {
  check_range(kernel, "the width of a group", width, properties_.largest_group.x);
  const int step = std::lcm(static_cast<int>(width), attributes(kernel).execution_width);
  const auto threads = static_cast<unsigned>(group_size(kernel, shared_bytes, step));
  return {width, threads / width, 1};
}

void KernelLibrary::check(const KernelRef& kernel, const LaunchShape& shape) {
  constexpr Extent largest_grid{0xffffffffu, 0xffffffffu, 0xffffffffu};
  const KernelAttributes attributes = this->attributes(kernel);
  check_extent(kernel, "grid", shape.grid, largest_grid);
  check_extent(kernel, "group", shape.group, properties_.largest_group);
  check_range(kernel, "the number of threads in a group", shape.group.count(),
              static_cast<std::uint64_t>(attributes.max_threads));
  check_threads(kernel, "x", shape.grid.x, shape.group.x);
  check_threads(kernel, "y", shape.grid.y, shape.group.y);
  check_threads(kernel, "z", shape.grid.z, shape.group.z);
  if (fits(attributes, 0, shape.shared_bytes)) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("kernel {}: {} bytes of dynamic threadgroup memory for a group; {} has {}", kernel.name,
                          shape.shared_bytes, where_, properties_.threadgroup_bytes - attributes.threadgroup_bytes));
}

}  // namespace anneal::device::metal
