// One call of CudaEngine::execute: what its chunks share.
#pragma once

#include "align/cuda/device_clock.h"
#include "align/cuda/extend_kernels.h"
#include "align/cuda/rows_end_kernel.h"
#include "align/cuda/scorings.h"
#include "align/cuda/two_piece_kernel.h"
#include "align/encoder.h"
#include "align/gpu/host_letters.h"
#include "align/letter_table.h"
#include "align/run.h"
#include "device/buffer_pool.h"
#include "device/cuda/device.h"

namespace anneal::align::cuda {

class DeviceLetters;

struct Stage {
  /// Blocks of `threads` for `wanted` at a time: no more than the device runs together, nor than have room in
  /// chunk_memory; but one.
  unsigned blocks(std::int64_t wanted, const device::cuda::KernelRef& kernel, int threads,
                  std::uint64_t bytes_per_block, std::size_t shared_bytes = 0) const;
  /// The same for kernels of EndFinder and ExtendFinder; any number of blocks that need no memory. How many cells they
  /// have does not matter.
  unsigned end_blocks(std::int64_t wanted, const EndKernel& kernel, std::uint64_t bytes, std::uint64_t) const {
    return bytes == 0 ? static_cast<unsigned>(wanted) : blocks(wanted, kernel.kernel, kernel.shape.threads, bytes);
  }
  unsigned extend_blocks(std::int64_t wanted, const ExtendKernel& kernel, std::uint64_t bytes, std::uint64_t) const {
    return bytes == 0 ? static_cast<unsigned>(wanted) : blocks(wanted, kernel.kernel, kernel.shape.threads, bytes);
  }
  unsigned rows_end_blocks(std::int64_t wanted, std::uint64_t bytes, std::uint64_t) const {
    return blocks(wanted, rows_end_kernel.ref(), rows_end_threads, bytes);
  }
  unsigned two_piece_blocks(std::int64_t wanted, const TwoPieceBatch& batch, std::uint64_t bytes, std::uint64_t) const {
    return blocks(wanted, two_piece_kernel(batch).ref(), two_piece_threads, bytes, two_piece_shared_bytes(batch));
  }
  unsigned finisher_blocks() const { return static_cast<unsigned>(device.properties().multiprocessors); }

  Run& run;
  device::cuda::Device& device;
  device::BufferPool& memory;   ///< of the device
  device::BufferPool& staging;  ///< of the host, which the device copies from and to
  const HostLetters& host_letters;
  const LetterTable& letters;
  const Encoder& encoder;  ///< where host_letters has none
  Scorings& scorings;
  DeviceClock& clock;
  std::uint64_t chunk_memory;                     ///< gpu::chunk_memory_of()
  const DeviceLetters* device_letters = nullptr;  ///< where letters are on the device already, and examined
};

}  // namespace anneal::align::cuda
