// CUDA's part in what the engines of all GPUs share.
#pragma once

#include "align/cuda/chunk.h"
#include "align/cuda/device_clock.h"
#include "align/cuda/end_kernels.h"
#include "align/cuda/extend_kernels.h"
#include "align/cuda/gpu.h"
#include "align/cuda/path_finder.h"
#include "align/cuda/rows_end_kernel.h"
#include "align/cuda/scorings.h"
#include "align/cuda/stage.h"
#include "align/cuda/two_piece_kernel.h"
#include "align/gpu/chunk_cuts.h"
#include "device/cuda/targets.h"

namespace anneal::align::cuda {

struct Platform {
  using Runtime = device::cuda::Runtime;
  using RuntimeError = device::cuda::RuntimeError;
  using Queue = device::cuda::Queue;
  using Clock = DeviceClock;
  using Gpu = cuda::Gpu;
  using Stage = cuda::Stage;
  using Scorings = cuda::Scorings;
  using Chunk = cuda::Chunk;
  using DeviceLetters = cuda::DeviceLetters;
  using PathFinder = cuda::PathFinder;
  using EndKernel = cuda::EndKernel;
  using ExtendKernel = cuda::ExtendKernel;

  static constexpr std::string_view all_devices = device::cuda::all_devices;
  static std::string backend_name(int ordinal) { return device::cuda::backend_name(ordinal); }

  static constexpr ChunkSizes default_sizes{};
  static constexpr bool keeps_checkpoints = true;  ///< whether there are such EndShapes
  static constexpr bool has_dust = true;           ///< whether there are such EndForms
  static constexpr unsigned rows_end_groups = cuda::rows_end_groups;

  static void launch_rows_end(Queue& queue, const RowsEndBatch& batch, const recurrence::RowsEndParameters& parameters,
                              unsigned blocks) {
    queue.launch(rows_end_kernel, {.grid = {blocks}, .group = {rows_end_threads}}, batch, parameters);
  }
  static constexpr gpu::TwoPieceLimits two_piece_limits = cuda::two_piece_limits;
  static void launch_two_piece(Queue& queue, const TwoPieceBatch& batch,
                               const recurrence::TwoPieceParameters& parameters, unsigned blocks) {
    cuda::launch_two_piece(queue, batch, parameters, blocks);
  }
  static std::span<const ExtendKernel> extend_kernels(int letters) { return cuda::extend_kernels(letters); }
};

}  // namespace anneal::align::cuda
