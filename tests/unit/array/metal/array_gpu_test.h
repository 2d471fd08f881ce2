// For tests that were written before those in unit/array/gpu.
#pragma once

#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::metal {
using gpu::ArrayGpuTest;
}
