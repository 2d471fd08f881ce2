// The engine for Apple's GPUs, and others that Metal knows.
#pragma once

#include "align/gpu/gpu_engine.h"
#include "align/metal/platform.h"

namespace anneal::align::metal {

using MetalEngine = gpu::GpuEngine<Platform>;

}  // namespace anneal::align::metal

namespace anneal::align::gpu {
extern template class GpuEngine<metal::Platform>;
}
