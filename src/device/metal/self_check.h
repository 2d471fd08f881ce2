// Two small kernels that show whether a device runs what it compiles.
#pragma once

#include <cstdint>

#include "device/metal/kernel.h"
#include "device/metal/queue.h"

namespace anneal::device::metal {

class Device;

/// data[i] = first + i for all i below size. A 1-D shape that covers `size`, in slices of any size.
using FillKernel = Kernel<FirstGroup, std::uint32_t*, std::uint32_t, std::uint32_t>;
extern const FillKernel fill_kernel;

/// to[column][row] = from[row][column], for that many rows and columns. A 2-D shape that covers (columns, rows), and in
/// dynamic threadgroup memory 4 bytes per thread.
using TransposeKernel = Kernel<std::uint32_t*, const std::uint32_t*, std::uint32_t, std::uint32_t>;
extern const TransposeKernel transpose_kernel;

/// Fills, transposes and copies back on the device. Throws Error(device_failed) where a number comes out wrong, and
/// whatever the calls throw.
void check_device(Device& device);

}  // namespace anneal::device::metal
