#include "align/cuda/chunk_work.h"

#include "device/cuda/queue.h"

namespace anneal::align::cuda {

ChunkWork::ChunkWork(const Stage& stage, device::cuda::Queue& queue, std::size_t first, std::size_t last)
    : queue_(queue), chunk_(stage, first, last), ends_(stage, chunk_, queue) {}

ChunkWork::~ChunkWork() {
  if (is_idle_) return;
  try {
    queue_.synchronize();
  } catch (const Error&) {  // poisoned: the device's memory is lost anyway
  }
}

bool ChunkWork::start() {
  if (!chunk_.encode()) return false;
  is_idle_ = false;
  chunk_.upload(queue_);
  ends_.start();
  return true;
}

std::vector<std::size_t> ChunkWork::finish() {
  std::vector<std::size_t> unsolved = ends_.finish();
  is_idle_ = true;
  return unsolved;
}

}  // namespace anneal::align::cuda
