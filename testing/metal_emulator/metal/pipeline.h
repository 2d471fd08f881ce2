#pragma once

#include "metal/labelled.h"
#include "metal/library.h"
#include "metal/types.h"

namespace metal_emulator {

class PipelineDescriptor : public Labelled {
 public:
  PipelineDescriptor() : Labelled("MTLComputePipelineDescriptor") {}

  Owned<KernelObject> function;
  UInteger max_threads = 0;  ///< 0: as many as the device can
  bool has_whole_simdgroups = false;
};

class Pipeline : public DeviceObject {
 public:
  Pipeline(Device& device, const PipelineDescriptor& descriptor);

  const Kernel& kernel() const { return function_->kernel; }
  UInteger max_threads() const { return max_threads_; }
  bool has_whole_simdgroups() const { return has_whole_simdgroups_; }

 private:
  Owned<KernelObject> function_;
  UInteger max_threads_;
  bool has_whole_simdgroups_;
};

/// Nil, with an error, where there is no function.
id new_pipeline(Device& device, const PipelineDescriptor& descriptor, id* error);

void add_pipeline_methods();

}  // namespace metal_emulator
