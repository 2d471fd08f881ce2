// One call of CudaEngine::execute: what its chunks share.
#pragma once

#include "align/cpu/pack.h"
#include "align/cuda/device_clock.h"
#include "align/cuda/scorings.h"
#include "align/encoder.h"
#include "align/letter_table.h"
#include "align/run.h"
#include "device/buffer_pool.h"
#include "device/cuda/device.h"

namespace anneal::align::cuda {

/// How the host encodes letters.
struct HostLetters {
  /// As cpu::Kernels::encode; null where the processor has no vector kernels.
  bool (*encode)(const LetterTable& table, const char* letters, std::size_t count, std::uint8_t* codes) = nullptr;
  cpu::PackLetters pack = nullptr;
};

class DeviceLetters;

/// Bytes of a device that a chunk may use for what it can do with less of, where so many are on their way at a time.
constexpr std::uint64_t chunk_memory_of(std::uint64_t device_memory, std::size_t chunks) {
  return device_memory / (2 * chunks);
}
/// How many of these checkpoints may take.
constexpr std::uint64_t checkpoint_memory_of(std::uint64_t chunk_memory) { return chunk_memory / 4 * 3; }

struct Stage {
  /// Blocks of `threads` for `wanted` at a time: no more than the device runs together, nor than have room in
  /// chunk_memory; but one.
  unsigned blocks(std::int64_t wanted, const device::cuda::KernelRef& kernel, int threads,
                  std::uint64_t bytes_per_block) const;

  Run& run;
  device::cuda::Device& device;
  device::BufferPool& memory;   ///< of the device
  device::BufferPool& staging;  ///< of the host, which the device copies from and to
  const HostLetters& host_letters;
  const LetterTable& letters;
  const Encoder& encoder;  ///< where host_letters has none
  Scorings& scorings;
  DeviceClock& clock;
  std::uint64_t chunk_memory;                     ///< chunk_memory_of()
  const DeviceLetters* device_letters = nullptr;  ///< where letters are on the device already, and examined
};

}  // namespace anneal::align::cuda
