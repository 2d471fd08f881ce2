#include "metal/device.h"

#include <mutex>
#include <vector>

#include "metal/buffer.h"
#include "metal/library.h"
#include "metal/pipeline.h"
#include "metal/queue.h"
#include "objc/class.h"
#include "stop.h"

namespace metal_emulator {
namespace {

constexpr Integer library_error_unsupported = 1;

Device& device_of(id self) { return *object_of<Device>(self); }
bool is_apple(id self) { return device_of(self).settings().processor == Processor::apple; }

bool supports_family(id self, SEL, Integer family) {
  constexpr Integer apple1 = 1001, apple7 = 1007, mac2 = 2002, common1 = 3001, common3 = 3003, metal3 = 5001;
  if (family >= common1 && family <= common3) return true;
  if (family == mac2 || family == metal3) return true;
  return is_apple(self) && family >= apple1 && family <= apple7;
}

id refuse_compiled_library(id, SEL, const void*, id* error) {
  leave_error(error, "MTLLibraryErrorDomain", library_error_unsupported,
              "only libraries from source are emulated: newLibraryWithSource");
  return nullptr;
}

id pipeline_of_function(id self, SEL, id function, id* error) {
  PipelineDescriptor& descriptor = *new PipelineDescriptor;
  descriptor.function = Owned(object_of<KernelObject>(function));
  id pipeline = new_pipeline(device_of(self), descriptor, error);
  descriptor.release();
  return pipeline;
}

Size max_threads(id self, SEL) {
  const UInteger most = device_of(self).settings().max_threads_per_threadgroup;
  return {most, most, most};
}

void add_limits(const char* device) {
  add_methods(
      device,
      {method("name",
              [](id self, SEL) { return new_text(is_apple(self) ? "Emulated Apple GPU" : "Emulated discrete GPU"); }),
       method("maxBufferLength", [](id self, SEL) -> UInteger { return device_of(self).settings().max_buffer_length; }),
       method("recommendedMaxWorkingSetSize",
              [](id self, SEL) -> std::uint64_t { return device_of(self).settings().memory; }),
       method("currentAllocatedSize", [](id self, SEL) -> UInteger { return device_of(self).allocated(); }),
       method("maxThreadgroupMemoryLength",
              [](id self, SEL) -> UInteger { return device_of(self).settings().max_threadgroup_memory; }),
       method("maxThreadsPerThreadgroup", max_threads),
       method("hasUnifiedMemory", [](id self, SEL) { return is_apple(self); }),
       method("isLowPower", [](id, SEL) { return false; }), method("isHeadless", [](id, SEL) { return false; }),
       method("isRemovable", [](id, SEL) { return false; }),
       method("location", [](id, SEL) -> UInteger { return 0; }),  // built in
       method("registryID", [](id self, SEL) -> std::uint64_t { return 0x656d75 + device_of(self).number(); }),
       method("supportsFamily:", supports_family)});
}

std::vector<Device*> present_devices() {
  std::vector<Device*> devices;
  for (unsigned number = 0; number < settings().devices.size(); ++number) {
    if (!is_device_removed(number)) devices.push_back(&Device::at(number));
  }
  return devices;
}

}  // namespace

Device& Device::at(unsigned number) {
  static std::mutex& mutex = *new std::mutex;
  static auto& devices = *new std::vector<Device*>;  // never destroyed: queues' threads may outlive static objects
  const std::lock_guard lock(mutex);
  while (devices.size() <= number) {
    devices.push_back(new Device(static_cast<unsigned>(devices.size())));
    forget_live_object();
  }
  return *devices[number];
}

void add_device_methods() {
  const char* device = "MTLDevice";
  add_label_methods(device);
  add_limits(device);
  add_methods(device,
              {method("newCommandQueue", [](id self, SEL) { return new_queue(device_of(self), 64); }),
               method("newCommandQueueWithMaxCommandBufferCount:",
                      [](id self, SEL, UInteger count) { return new_queue(device_of(self), count); }),
               method("newBufferWithLength:options:",
                      [](id self, SEL, UInteger length, UInteger options) {
                        return new_buffer(device_of(self), length, options, nullptr);
                      }),
               method("newBufferWithBytes:length:options:",
                      [](id self, SEL, const void* bytes, UInteger length, UInteger options) {
                        if (bytes == nullptr) stop("newBufferWithBytes: the pointer is null");
                        return new_buffer(device_of(self), length, options, bytes);
                      }),
               method("newBufferWithBytesNoCopy:length:options:deallocator:",
                      [](id self, SEL, void* memory, UInteger length, UInteger options, const void* deallocator) {
                        return new_buffer_in(device_of(self), memory, length, options, deallocator);
                      }),
               method("newLibraryWithSource:options:error:",
                      [](id self, SEL, id source, id, id* error) {
                        return new_library(device_of(self), text_of(source), error);
                      }),
               method("newLibraryWithData:error:", refuse_compiled_library),
               method("newLibraryWithURL:error:", refuse_compiled_library),
               method("newComputePipelineStateWithFunction:error:", pipeline_of_function),
               method("newComputePipelineStateWithDescriptor:options:reflection:error:",
                      [](id self, SEL, id descriptor, UInteger, id*, id* error) {
                        return new_pipeline(device_of(self), *object_of<PipelineDescriptor>(descriptor), error);
                      })});
}

}  // namespace metal_emulator

extern "C" {

id MTLCreateSystemDefaultDevice() {
  using namespace metal_emulator;
  const std::vector<Device*> devices = present_devices();
  if (devices.empty()) return nullptr;
  devices.front()->retain();
  return devices.front();
}

id MTLCopyAllDevices() {
  using namespace metal_emulator;
  auto* devices = new Array;
  for (Device* device : present_devices()) devices->elements.emplace_back(device);
  return devices;
}

id MTLCopyAllDevicesWithObserver(id*, void*) { metal_emulator::stop("MTLCopyAllDevicesWithObserver is not emulated"); }

void MTLRemoveDeviceObserver(id) {}

}  // extern "C"
