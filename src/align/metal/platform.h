// Metal's part in what the engines of all GPUs share.
#pragma once

#include "align/gpu/chunk_cuts.h"
#include "align/metal/chunk.h"
#include "align/metal/device_clock.h"
#include "align/metal/end_kernels.h"
#include "align/metal/extend_kernels.h"
#include "align/metal/gpu.h"
#include "align/metal/path_finder.h"
#include "align/metal/scorings.h"
#include "align/metal/stage.h"
#include "align/metal/two_piece_kernel.h"
#include "device/metal/targets.h"

namespace anneal::align::metal {

struct Platform {
  using Runtime = device::metal::Runtime;
  using RuntimeError = device::metal::RuntimeError;
  using Queue = device::metal::Queue;
  using Clock = DeviceClock;
  using Gpu = metal::Gpu;
  using Stage = metal::Stage;
  using Scorings = metal::Scorings;
  using Chunk = metal::Chunk;
  using DeviceLetters = metal::DeviceLetters;
  using PathFinder = metal::PathFinder;
  using EndKernel = metal::EndKernel;
  using ExtendKernel = metal::ExtendKernel;

  static constexpr std::string_view all_devices = device::metal::all_devices;
  static std::string backend_name(int ordinal) { return device::metal::backend_name(ordinal); }

  /// Chunks of 1,024 to 16,384 pairs of reads: fewer leave a GPU idle, and more leave it waiting for the first.
  static constexpr gpu::ChunkSizes default_sizes{.usual_letters = std::size_t{1} << 22,
                                                 .least_letters = std::size_t{1} << 18};
  static constexpr bool keeps_checkpoints = false;
  static constexpr bool has_dust = false;
  static constexpr unsigned rows_end_groups = metal::rows_end_groups;

  static void launch_rows_end(Queue& queue, const gpu::RowsEndBatch& batch,
                              const recurrence::RowsEndParameters& parameters, unsigned groups) {
    metal::launch_rows_end(queue, batch, parameters, groups);
  }
  static constexpr gpu::TwoPieceLimits two_piece_limits = metal::two_piece_limits;
  static void launch_two_piece(Queue& queue, const gpu::TwoPieceBatch& batch,
                               const recurrence::TwoPieceParameters& parameters, unsigned blocks) {
    metal::launch_two_piece(queue, batch, parameters, blocks);
  }
  static std::span<const ExtendKernel> extend_kernels(int letters) { return metal::extend_kernels(letters); }
};

}  // namespace anneal::align::metal
