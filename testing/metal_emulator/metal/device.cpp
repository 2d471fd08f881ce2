#include "metal/device.h"

#include "metal/buffer.h"
#include "metal/library.h"
#include "metal/pipeline.h"
#include "metal/queue.h"
#include "objc/class.h"
#include "settings.h"
#include "stop.h"

namespace metal_emulator {
namespace {

constexpr Integer library_error_unsupported = 1;

bool supports_family(id, SEL, Integer family) {
  constexpr Integer apple1 = 1001, apple7 = 1007, mac2 = 2002, common1 = 3001, common3 = 3003, metal3 = 5001;
  if (family >= common1 && family <= common3) return true;
  if (family == mac2 || family == metal3) return true;
  return settings().processor == Processor::apple && family >= apple1 && family <= apple7;
}

id refuse_compiled_library(id, SEL, const void*, id* error) {
  leave_error(error, "MTLLibraryErrorDomain", library_error_unsupported,
              "only libraries from source are emulated: newLibraryWithSource");
  return nullptr;
}

id pipeline_of_function(id, SEL, id function, id* error) {
  PipelineDescriptor& descriptor = *new PipelineDescriptor;
  descriptor.function = Owned(object_of<KernelObject>(function));
  id pipeline = new_pipeline(descriptor, error);
  descriptor.release();
  return pipeline;
}

Size max_threads(id, SEL) {
  const UInteger most = settings().max_threads_per_threadgroup;
  return {most, most, most};
}

void add_limits(const char* device) {
  add_methods(
      device,
      {method("name",
              [](id, SEL) {
                return new_text(settings().processor == Processor::apple ? "Emulated Apple GPU"
                                                                         : "Emulated discrete GPU");
              }),
       method("maxBufferLength", [](id, SEL) -> UInteger { return settings().max_buffer_length; }),
       method("recommendedMaxWorkingSetSize", [](id, SEL) -> std::uint64_t { return settings().memory; }),
       method("currentAllocatedSize", [](id, SEL) { return allocated_bytes(); }),
       method("maxThreadgroupMemoryLength", [](id, SEL) -> UInteger { return settings().max_threadgroup_memory; }),
       method("maxThreadsPerThreadgroup", max_threads),
       method("hasUnifiedMemory", [](id, SEL) { return settings().processor == Processor::apple; }),
       method("isLowPower", [](id, SEL) { return false; }), method("isHeadless", [](id, SEL) { return false; }),
       method("isRemovable", [](id, SEL) { return false; }),
       method("location", [](id, SEL) -> UInteger { return 0; }),  // built in
       method("registryID", [](id, SEL) -> std::uint64_t { return 0x656d75; }),
       method("supportsFamily:", supports_family)});
}

}  // namespace

Device& Device::only() {
  static Device& device = []() -> Device& {
    auto* made = new Device;
    forget_live_object();
    return *made;
  }();
  return device;
}

void add_device_methods() {
  const char* device = "MTLDevice";
  add_label_methods(device);
  add_limits(device);
  add_methods(
      device,
      {method("newCommandQueue", [](id, SEL) { return new_queue(64); }),
       method("newCommandQueueWithMaxCommandBufferCount:", [](id, SEL, UInteger count) { return new_queue(count); }),
       method("newBufferWithLength:options:",
              [](id, SEL, UInteger length, UInteger options) { return new_buffer(length, options, nullptr); }),
       method("newBufferWithBytes:length:options:",
              [](id, SEL, const void* bytes, UInteger length, UInteger options) {
                if (bytes == nullptr) stop("newBufferWithBytes: the pointer is null");
                return new_buffer(length, options, bytes);
              }),
       method("newBufferWithBytesNoCopy:length:options:deallocator:",
              [](id, SEL, void* memory, UInteger length, UInteger options, const void* deallocator) {
                return new_buffer_in(memory, length, options, deallocator);
              }),
       method("newLibraryWithSource:options:error:",
              [](id, SEL, id source, id, id* error) { return new_library(text_of(source), error); }),
       method("newLibraryWithData:error:", refuse_compiled_library),
       method("newLibraryWithURL:error:", refuse_compiled_library),
       method("newComputePipelineStateWithFunction:error:", pipeline_of_function),
       method("newComputePipelineStateWithDescriptor:options:reflection:error:",
              [](id, SEL, id descriptor, UInteger, id*, id* error) {
                return new_pipeline(*object_of<PipelineDescriptor>(descriptor), error);
              })});
}

}  // namespace metal_emulator

extern "C" {

id MTLCreateSystemDefaultDevice() {
  using namespace metal_emulator;
  if (!settings().has_device || is_device_removed()) return nullptr;
  Device::only().retain();
  return &Device::only();
}

id MTLCopyAllDevices() {
  using namespace metal_emulator;
  auto* devices = new Array;
  if (settings().has_device && !is_device_removed()) devices->elements.emplace_back(&Device::only());
  return devices;
}

id MTLCopyAllDevicesWithObserver(id*, void*) { metal_emulator::stop("MTLCopyAllDevicesWithObserver is not emulated"); }

void MTLRemoveDeviceObserver(id) {}

}  // extern "C"
