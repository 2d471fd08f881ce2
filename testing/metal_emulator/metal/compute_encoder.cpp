#include "metal/compute_encoder.h"

#include <chrono>
#include <string>

#include "metal/device.h"
#include "metal/dispatch_validation.h"
#include "objc/class.h"
#include "settings.h"
#include "stop.h"

namespace metal_emulator {
namespace {

constexpr UInteger most_bytes = 4096;  // of setBytes

void check_index(const char* call, UInteger index) {
  if (index >= most_bindings) stop(std::string(call) + ": index " + std::to_string(index) + " is above 30");
}

Extent extent_of(Size size) {
  return {static_cast<std::uint32_t>(size.width), static_cast<std::uint32_t>(size.height),
          static_cast<std::uint32_t>(size.depth)};
}

/// Only what the kernel has as an argument is bound: anything else is out of its bounds.
void bind(Dispatch& dispatch, const BoundArguments& arguments, bool is_checked) {
  const Kernel& kernel = *dispatch.kernel;
  for (std::uint32_t k = 0; k < kernel.argument_count; ++k) {
    if (kernel.arguments[k].binding != Binding::buffer) continue;
    const std::uint32_t index = kernel.arguments[k].index;
    dispatch.buffers[index] = arguments[index].memory(is_checked);
  }
}

std::string execute(const Dispatch& dispatch, const Settings& settings) {
  const auto start = std::chrono::steady_clock::now();
  std::string wrong = run(dispatch, settings);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  count_work(seconds.count(), std::uint64_t{dispatch.threads.x} * dispatch.threads.y * dispatch.threads.z);
  if (!wrong.empty()) report_finding(wrong, settings);
  return wrong;
}

}  // namespace

BoundMemory BoundArgument::memory(bool is_checked) const {
  if (buffer != nullptr) return buffer->bound(offset, is_checked);
  return {bytes->data(), bytes->size()};
}

void ComputeEncoder::set_pipeline(Pipeline* pipeline) {
  check_open();
  if (pipeline == nullptr) stop("setComputePipelineState: nil");
  check_device("setComputePipelineState", *pipeline);
  pipeline_ = Owned(pipeline);
}

void ComputeEncoder::set_buffer(Buffer* buffer, UInteger offset, UInteger index) {
  check_open();
  check_index("setBuffer", index);
  arguments_[index] = {};
  if (buffer == nullptr) return;
  check_device("setBuffer", *buffer);
  arguments_[index].buffer = buffer;
  command_buffer().use(*buffer);
  set_offset(offset, index);
}

void ComputeEncoder::set_offset(UInteger offset, UInteger index) {
  check_open();
  check_index("setBufferOffset", index);
  BoundArgument& argument = arguments_[index];
  if (argument.buffer == nullptr) stop("setBufferOffset: no buffer is bound at " + std::to_string(index));
  if (offset >= argument.buffer->length()) {
    stop("setBuffer: offset " + std::to_string(offset) + " of a buffer of " +
         std::to_string(argument.buffer->length()) + " bytes");
  }
  argument.offset = offset;
}

void ComputeEncoder::set_bytes(const void* bytes, UInteger length, UInteger index) {
  check_open();
  check_index("setBytes", index);
  if (length == 0 || length > most_bytes) stop("setBytes: a length of " + std::to_string(length) + ", not 1 to 4096");
  const char* begin = static_cast<const char*>(bytes);
  arguments_[index] = {};
  arguments_[index].bytes = std::make_shared<std::vector<char>>(begin, begin + length);
}

void ComputeEncoder::set_threadgroup_length(UInteger length, UInteger index) {
  check_open();
  check_index("setThreadgroupMemoryLength", index);
  if (length % 16 != 0) stop("setThreadgroupMemoryLength: " + std::to_string(length) + " is no multiple of 16");
  threadgroup_lengths_[index] = static_cast<std::uint32_t>(length);
}

void ComputeEncoder::barrier() {
  check_open();
  follows_barrier_ = true;
}

void ComputeEncoder::dispatch(Size threads, Size group) {
  check_open();
  validate_dispatch(pipeline_.get(), arguments_, threadgroup_lengths_, threads, group);
  Dispatch dispatch;
  dispatch.kernel = &pipeline_->kernel();
  dispatch.threadgroup_lengths = threadgroup_lengths_;
  dispatch.threads = extent_of(threads);
  dispatch.group = extent_of(group);
  dispatch.runs_beside_previous = is_concurrent_ && !follows_barrier_;
  follows_barrier_ = false;
  command_buffer().add([dispatch, pipeline = pipeline_, arguments = arguments_](const Settings& settings) {
    Dispatch bound = dispatch;
    bound.max_threadgroup_memory = device_settings(settings, pipeline->device().number()).max_threadgroup_memory;
    bind(bound, arguments, settings.checks);
    return execute(bound, settings);
  });
}

void ComputeEncoder::dispatch_groups(Size groups, Size group) {
  dispatch({groups.width * group.width, groups.height * group.height, groups.depth * group.depth}, group);
}

id new_compute_encoder(id command_buffer, bool is_concurrent) {
  return autoreleased(new ComputeEncoder(*object_of<CommandBuffer>(command_buffer), is_concurrent));
}

void add_compute_encoder_methods() {
  const char* name = "MTLComputeCommandEncoder";
  add_encoder_methods(name);
  add_methods(
      name,
      {method("setComputePipelineState:",
              [](id self, SEL, id pipeline) {
                object_of<ComputeEncoder>(self)->set_pipeline(object_of<Pipeline>(pipeline));
              }),
       method("setBuffer:offset:atIndex:",
              [](id self, SEL, id buffer, UInteger offset, UInteger index) {
                object_of<ComputeEncoder>(self)->set_buffer(object_of<Buffer>(buffer), offset, index);
              }),
       method("setBufferOffset:atIndex:",
              [](id self, SEL, UInteger offset, UInteger index) {
                object_of<ComputeEncoder>(self)->set_offset(offset, index);
              }),
       method("setBytes:length:atIndex:",
              [](id self, SEL, const void* bytes, UInteger length, UInteger index) {
                object_of<ComputeEncoder>(self)->set_bytes(bytes, length, index);
              }),
       method("setThreadgroupMemoryLength:atIndex:",
              [](id self, SEL, UInteger length, UInteger index) {
                object_of<ComputeEncoder>(self)->set_threadgroup_length(length, index);
              }),
       method(
           "dispatchThreads:threadsPerThreadgroup:",
           [](id self, SEL, Size threads, Size group) { object_of<ComputeEncoder>(self)->dispatch(threads, group); }),
       method("dispatchThreadgroups:threadsPerThreadgroup:",
              [](id self, SEL, Size groups, Size group) {
                object_of<ComputeEncoder>(self)->dispatch_groups(groups, group);
              }),
       method("memoryBarrierWithScope:", [](id self, SEL, UInteger) { object_of<ComputeEncoder>(self)->barrier(); })});
}

}  // namespace metal_emulator
