// A GPU by Metal, for arrays. This header compiles without Metal.
#pragma once

#include <memory>

#include "array/gpu/gpu.h"
#include "device/metal/runtime.h"

namespace anneal::array::metal {

/// Device `ordinal` of `runtime`, as the backend `name`. Throws RuntimeError where it cannot be used.
std::unique_ptr<gpu::Gpu> open_gpu(device::metal::Runtime& runtime, int ordinal, std::string name);

}  // namespace anneal::array::metal
