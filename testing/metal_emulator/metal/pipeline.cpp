#include "metal/pipeline.h"

#include <algorithm>

#include "objc/class.h"
#include "settings.h"

namespace metal_emulator {
namespace {

UInteger smallest(UInteger limit, UInteger other) { return other == 0 ? limit : std::min(limit, other); }

}  // namespace

Pipeline::Pipeline(const PipelineDescriptor& descriptor)
    : Labelled("MTLComputePipelineState"), function_(descriptor.function),
      max_threads_(smallest(smallest(settings().max_threads_of_pipelines, descriptor.max_threads),
                            descriptor.function->kernel.max_threads)),
      has_whole_simdgroups_(descriptor.has_whole_simdgroups) {
  label = descriptor.label;
}

id new_pipeline(const PipelineDescriptor& descriptor, id* error) {
  const bool fails = next_call(Fault::pipeline).fails;
  if (!fails && descriptor.function) return new Pipeline(descriptor);
  leave_error(error, "CompilerError", 2, fails ? "a fault that the test planned" : "the compute function is nil");
  return nullptr;
}

void add_pipeline_methods() {
  add_label_methods("MTLComputePipelineState");
  add_methods(
      "MTLComputePipelineState",
      {method("maxTotalThreadsPerThreadgroup", [](id self, SEL) { return object_of<Pipeline>(self)->max_threads(); }),
       method("threadExecutionWidth", [](id, SEL) -> UInteger { return simd_width; })});

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
