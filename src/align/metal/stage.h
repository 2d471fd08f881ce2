// One call of MetalEngine::execute: what its chunks share.
#pragma once

#include <algorithm>
#include <cstdint>

#include "align/encoder.h"
#include "align/gpu/host_letters.h"
#include "align/gpu/two_piece_batch.h"
#include "align/letter_table.h"
#include "align/metal/device_clock.h"
#include "align/metal/scorings.h"
#include "align/run.h"
#include "device/buffer_pool.h"
#include "device/metal/device.h"

namespace anneal::align::metal {

class DeviceLetters;  // there are none: sequences come from the host

struct Stage {
  /// Groups of `wanted` that a command buffer has: no more than have room in chunk_memory, nor than the system lets it
  /// run for; but one.
  unsigned blocks(std::int64_t wanted, std::uint64_t bytes_per_block, std::uint64_t cells_per_block) const {
    const std::uint64_t affordable = chunk_memory / std::max<std::uint64_t>(bytes_per_block, 1);
    const std::uint64_t timely = cells_at_a_time() / std::max<std::uint64_t>(cells_per_block, 1);
    const std::uint64_t most = std::min({affordable, timely, static_cast<std::uint64_t>(wanted)});
    return static_cast<unsigned>(std::max<std::uint64_t>(most, 1));
  }
  unsigned end_blocks(std::int64_t wanted, const EndKernel&, std::uint64_t bytes, std::uint64_t cells) const {
    return blocks(wanted, bytes, cells);
  }
  unsigned extend_blocks(std::int64_t wanted, const ExtendKernel&, std::uint64_t bytes, std::uint64_t cells) const {
    return blocks(wanted, bytes, cells);
  }
  unsigned rows_end_blocks(std::int64_t wanted, std::uint64_t bytes, std::uint64_t cells) const {
    return blocks(wanted, bytes, cells);
  }
  /// A cell takes several times as long there.
  unsigned two_piece_blocks(std::int64_t wanted, const gpu::TwoPieceBatch&, std::uint64_t bytes,
                            std::uint64_t cells) const {
    return blocks(wanted, bytes, 4 * cells);
  }

  Run& run;
  device::metal::Device& device;
  device::BufferPool& memory;   ///< of the device
  device::BufferPool& staging;  ///< of the host: `memory` itself where memory is unified
  const gpu::HostLetters& host_letters;
  const LetterTable& letters;
  const Encoder& encoder;  ///< where host_letters has none
  Scorings& scorings;
  DeviceClock& clock;
  std::uint64_t chunk_memory;  ///< bytes of the device that a chunk may use for what it can do with less of
  const DeviceLetters* device_letters = nullptr;

 private:
  /// Of all chunks' command buffers that run side by side, which must end before the system ends them, after seconds.
  static constexpr std::uint64_t cells_in_flight = std::uint64_t{1} << 36;

  /// This chunk's share, as of memory.
  std::uint64_t cells_at_a_time() const {
    return cells_in_flight /
           std::max<std::uint64_t>(memory.usage().limit / (2 * std::max<std::uint64_t>(chunk_memory, 1)), 1);
  }
};

}  // namespace anneal::align::metal
