// Copies and fills of places and sizes that are no multiples of 4, which Metal's own commands do not take.
#pragma once

#include "device/metal/kernel_library.h"
#include "device/metal/memory.h"

namespace anneal::device::metal {

/// `bytes` is not 0; the places do not overlap. Throws RuntimeError where the kernel cannot be compiled.
Dispatch copy_bytes(KernelLibrary& kernels, const Memory::Place& to, const Memory::Place& from, std::size_t bytes);
Dispatch fill_bytes(KernelLibrary& kernels, const Memory::Place& to, unsigned char value, std::size_t bytes);

}  // namespace anneal::device::metal
