#include "metal/pipeline.h"

#include <algorithm>

#include "metal/device.h"
#include "objc/class.h"
#include "settings.h"
#include "stop.h"

namespace metal_emulator {
namespace {

/// What the device, the settings, the descriptor and the kernel allow; 0 there means that they do not say.
UInteger max_threads_of(const Device& device, const PipelineDescriptor& descriptor) {
  const DeviceSettings current = device.settings();
  UInteger most = std::min(current.max_threads_per_threadgroup, current.max_threads_of_pipelines);
  for (const UInteger limit : {descriptor.max_threads, UInteger{descriptor.function->kernel.max_threads}}) {
    if (limit != 0) most = std::min(most, limit);
  }
  return most;
}

}  // namespace

Pipeline::Pipeline(Device& device, const PipelineDescriptor& descriptor)
    : DeviceObject("MTLComputePipelineState", device), function_(descriptor.function),
      max_threads_(max_threads_of(device, descriptor)), has_whole_simdgroups_(descriptor.has_whole_simdgroups) {
  label = descriptor.label;
}

id new_pipeline(Device& device, const PipelineDescriptor& descriptor, id* error) {
  if (descriptor.function && &descriptor.function->device() != &device) {
    stop("newComputePipelineState: the function is of another device");
  }
  const bool fails = next_call(Fault::pipeline).fails;
  if (!fails && descriptor.function) return new Pipeline(device, descriptor);
  leave_error(error, "CompilerError", 2, fails ? "a fault that the test planned" : "the compute function is nil");
  return nullptr;
}

void add_pipeline_methods() {
  add_device_object_methods("MTLComputePipelineState");
  add_methods(
      "MTLComputePipelineState",
      {method("maxTotalThreadsPerThreadgroup", [](id self, SEL) { return object_of<Pipeline>(self)->max_threads(); }),
       method("threadExecutionWidth", [](id, SEL) -> UInteger { return simd_width; }),
       // What a kernel declares is counted when it runs.
       method("staticThreadgroupMemoryLength", [](id, SEL) -> UInteger { return 0; })});

  const char* descriptor = "MTLComputePipelineDescriptor";
  add_label_methods(descriptor);
  add_class_methods(descriptor, {method("alloc", [](id, SEL) -> id { return new PipelineDescriptor; })});
  add_methods(descriptor,
              {method("setComputeFunction:",
                      [](id self, SEL, id function) {
                        object_of<PipelineDescriptor>(self)->function = Owned(object_of<KernelObject>(function));
                      }),
               method("setMaxTotalThreadsPerThreadgroup:",
                      [](id self, SEL, UInteger count) { object_of<PipelineDescriptor>(self)->max_threads = count; }),
               method("setThreadGroupSizeIsMultipleOfThreadExecutionWidth:", [](id self, SEL, bool is_so) {
                 object_of<PipelineDescriptor>(self)->has_whole_simdgroups = is_so;
               })});
}

}  // namespace metal_emulator
