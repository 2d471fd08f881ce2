// Two small kernels that show whether a device runs what this build was compiled to.
#pragma once

#include <cstddef>
#include <cstdint>

#include "device/cuda/kernel.h"

namespace anneal::device::cuda {

class Device;

/// data[i] = first + i for all i below size. Any 1-D shape.
using FillKernel = Kernel<std::uint32_t*, std::uint32_t, std::size_t>;
extern const FillKernel fill_kernel;

/// to[column][row] = from[row][column], for that many rows and columns. A 2-D shape that covers (columns, rows), and in
/// dynamic shared memory 4 bytes per thread.
using TransposeKernel = Kernel<std::uint32_t*, const std::uint32_t*, unsigned, unsigned>;
extern const TransposeKernel transpose_kernel;

/// Fills, transposes and copies back on the device. Throws Error(device_failed) where a number comes out wrong, and
/// whatever the calls throw.
void check_device(Device& device);

}  // namespace anneal::device::cuda
