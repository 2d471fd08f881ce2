#include "device/metal/self_check.h"

#include <fmt/core.h>

#include "device/buffer_pool.h"
#include "device/metal/device.h"

namespace anneal::device::metal {

extern const Source self_check_source;  // self_check.metal

const FillKernel fill_kernel{"fill", &self_check_source};
const TransposeKernel transpose_kernel{"transpose", &self_check_source};

namespace {

constexpr unsigned rows = 37;
constexpr unsigned columns = 129;
constexpr unsigned size = rows * columns;
constexpr std::uint32_t first = 7;

void check(const Buffer<std::uint32_t>& transposed, const Device& device) {
  for (unsigned i = 0; i < size; ++i) {
    const std::uint32_t expected = first + i % rows * columns + i / rows;
    if (transposed[i] == expected) continue;
    throw Error(ErrorCode::device_failed,
                fmt::format("{} computed {} instead of {} in a self-check: choose another backend", device.where(),
                            transposed[i], expected));
  }
}

}  // namespace

void check_device(Device& device) {
  BufferPool memory(device, MemoryKind::device);
  BufferPool staging(device, MemoryKind::staging);
  const auto numbers = memory.acquire<std::uint32_t>(size);
  const auto turned = memory.acquire<std::uint32_t>(size);
  const auto result = staging.acquire<std::uint32_t>(size);

  Queue queue(device);
  const auto group = static_cast<unsigned>(device.kernels().group_size(fill_kernel.ref()));
  const LaunchShape line = cover({size}, {group});
  queue.launch_sliced(fill_kernel, line, (line.grid.x + 1) / 2, numbers.data(), first, size);
  const SharedBytes shared_bytes = [](int threads) {
    return sizeof(std::uint32_t) * static_cast<std::size_t>(threads);
  };
  const Extent tile = device.kernels().group_size_2d(transpose_kernel.ref(), 32, shared_bytes);
  queue.launch(transpose_kernel, cover({columns, rows}, tile, shared_bytes(static_cast<int>(tile.count()))),
               turned.data(), numbers.data(), rows, columns);
  queue.copy(result.data(), turned.data(), size * sizeof(std::uint32_t));
  queue.synchronize();
  check(result, device);
}

}  // namespace anneal::device::metal
