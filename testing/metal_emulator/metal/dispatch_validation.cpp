#include "metal/dispatch_validation.h"

#include <numeric>
#include <string>

#include "metal/device.h"
#include "stop.h"

namespace metal_emulator {
namespace {

std::string described(const Argument& argument) {
  const char* kind = argument.binding == Binding::buffer ? "buffer" : "threadgroup";
  return std::string("argument '") + argument.name + "' [[" + kind + "(" + std::to_string(argument.index) + ")]]";
}

class Validation {
 public:
  explicit Validation(const Pipeline& pipeline) : pipeline_(pipeline), kernel_(pipeline.kernel()) {}

  void check_size(Size threads, Size group) const {
    constexpr UInteger most = 0xffffffffu;
    const UInteger count = group.width * group.height * group.depth;
    if (count == 0 || threads.width == 0 || threads.height == 0 || threads.depth == 0) fail("the dispatch is empty");
    if (threads.width > most || threads.height > most || threads.depth > most) fail("the grid is too large");
    if (count > pipeline_.max_threads()) {
      fail(std::to_string(count) + " threads per threadgroup, but maxTotalThreadsPerThreadgroup is " +
           std::to_string(pipeline_.max_threads()));
    }
    if (pipeline_.has_whole_simdgroups() && count % simd_width != 0) {
      fail(std::to_string(count) + " threads per threadgroup are no multiple of threadExecutionWidth, as was promised");
    }
  }

  void check_buffer(const Argument& argument, const ArgumentType& type, const BoundArgument& bound) const {
    if (bound.is_empty()) fail(described(argument) + " is not bound");
    if (bound.available() < type.size) {
      fail(described(argument) + " needs " + std::to_string(type.size) + " bytes, but " +
           std::to_string(bound.available()) + " are bound");
    }
    if (bound.buffer != nullptr && bound.offset % type.alignment != 0) {
      fail(described(argument) + ": offset " + std::to_string(bound.offset) + " is no multiple of " +
           std::to_string(type.alignment));
    }
    if (bound.bytes && type.is_written) fail(described(argument) + " can be written, but is bound by setBytes");
  }

  void check_threadgroup_memory(const std::array<std::uint32_t, most_bindings>& lengths) const {
    const UInteger total = std::accumulate(lengths.begin(), lengths.end(), UInteger{0});
    const UInteger most = pipeline_.device().settings().max_threadgroup_memory;
    if (total > most)
      fail(std::to_string(total) + " bytes of threadgroup memory, but the device has " + std::to_string(most));
  }

  [[noreturn]] void fail(const std::string& what) const { stop(std::string(kernel_.name) + ": " + what); }

 private:
  const Pipeline& pipeline_;
  const Kernel& kernel_;
};

}  // namespace

void validate_dispatch(const Pipeline* pipeline, const BoundArguments& arguments,
                       const std::array<std::uint32_t, most_bindings>& threadgroup_lengths, Size threads, Size group) {
  if (pipeline == nullptr) stop("a dispatch without setComputePipelineState");
  const Validation validation(*pipeline);
  validation.check_size(threads, group);
  validation.check_threadgroup_memory(threadgroup_lengths);
  const Kernel& kernel = pipeline->kernel();
  for (std::uint32_t k = 0; k < kernel.argument_count; ++k) {
    const Argument& argument = kernel.arguments[k];
    if (argument.binding == Binding::buffer) {
      validation.check_buffer(argument, kernel.types[k], arguments[argument.index]);
    } else if (argument.binding == Binding::threadgroup && threadgroup_lengths[argument.index] == 0) {
      validation.fail(described(argument) + " has no length: setThreadgroupMemoryLength");
    }
  }
}

}  // namespace metal_emulator
