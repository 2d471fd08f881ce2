#include "array/cuda/transfers.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cstring>

namespace anneal::array::cuda {
namespace {

using device::MemoryKind;

// One thread copies at a fraction of what a bus of today carries.
void copy_by_threads(std::byte* to, const std::byte* from, std::size_t bytes) {
  constexpr std::size_t grain = std::size_t{1} << 20;
  if (bytes <= grain) {
    std::memcpy(to, from, bytes);
    return;
  }
  const auto copy = [&](const tbb::blocked_range<std::size_t>& part) {
    std::memcpy(to + part.begin(), from + part.begin(), part.size());
  };
  // Isolated: whoever waits here has the mutex, and must not begin something else that wants it.
  tbb::this_task_arena::isolate([&] { tbb::parallel_for(tbb::blocked_range<std::size_t>(0, bytes, grain), copy); });
}

}  // namespace

Transfers::Transfers(device::cuda::Device& device, device::cuda::Queue& queue)
    : queue_(queue), memory_(device, MemoryKind::staging) {}

// Small ones until a large one is needed: most processes move little.
Transfers::Piece& Transfers::piece(std::size_t number, std::size_t bytes) {
  Piece& piece = pieces_[number % pieces_.size()];
  if (piece.last_use != nullptr) piece.last_use->wait();
  piece.last_use = nullptr;
  if (piece.memory.size() < bytes) {
    piece.memory.reset();
    piece.memory = memory_.acquire<std::byte>(bytes);
  }
  return piece;
}

void Transfers::upload(std::byte* to, const std::byte* from, std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  for (std::size_t done = 0, number = 0; done < bytes; done += piece_bytes, ++number) {
    const std::size_t part = std::min(piece_bytes, bytes - done);
    Piece& staged = piece(number, part);
    copy_by_threads(staged.memory.data(), from + done, part);
    queue_.copy(to + done, staged.memory.data(), part);
    staged.last_use = queue_.record();
  }
}

void Transfers::download(std::byte* to, const std::byte* from, std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  const auto begin = [&](std::size_t number) {
    const std::size_t first = number * piece_bytes;
    if (first >= bytes) return;
    const std::size_t part = std::min(piece_bytes, bytes - first);
    Piece& staged = piece(number, part);
    queue_.copy(staged.memory.data(), from + first, part);
    staged.last_use = queue_.record();
  };
  for (std::size_t number = 0; number < pieces_.size(); ++number) begin(number);
  for (std::size_t number = 0; number * piece_bytes < bytes; ++number) {
    const std::size_t first = number * piece_bytes;
    const std::size_t part = std::min(piece_bytes, bytes - first);
    copy_by_threads(to + first, piece(number, part).memory.data(), part);
    begin(number + pieces_.size());
  }
}

}  // namespace anneal::array::cuda
