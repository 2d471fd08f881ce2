// The engine for NVIDIA's GPUs.
#pragma once

#include "align/cuda/platform.h"
#include "align/device_engine.h"
#include "align/gpu/gpu_engine.h"

namespace anneal::align::cuda {

class CudaEngine final : public gpu::GpuEngine<Platform>, public DeviceEngine {
 public:
  using GpuEngine::GpuEngine;

  /// Throws RuntimeError where the stream's work cannot be waited for.
  PreparedCall prepare(const DevicePairs& pairs, const AlignOptions& options) const override;

 private:
  void align_there(const DevicePairs& pairs, const AlignOptions& options, const RunControl& control,
                   AlignResults& results) const;
};

}  // namespace anneal::align::cuda

namespace anneal::align::gpu {
extern template class GpuEngine<cuda::Platform>;
}
