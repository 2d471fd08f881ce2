#include "align/cuda/gpu_call.h"

#include "device/cuda/queue.h"

namespace anneal::align::cuda {

GpuCall::~GpuCall() {
  gpu_.users() -= users_;
  gpu_.give_back(std::move(queues_));
}

void GpuCall::join() {
  ++users_;
  ++gpu_.users();
}

void GpuCall::start() {
  const std::scoped_lock lock(start_mutex_);
  if (stage_) return;
  const Loan loan(*this);
  scorings_.emplace(parts_.run.options(), gpu_.memory(), loan.queue());
  clock_.emplace(loan.queue());
  loan.queue().synchronize();
  stage_ = std::make_unique<Stage>(parts_.run, gpu_.device(), gpu_.memory(), gpu_.staging(), parts_.host_letters,
                                   parts_.letters, parts_.encoder, *scorings_, *clock_,
                                   chunk_memory_of(gpu_.memory().usage().limit, chunks_), parts_.device_letters);
}

device::cuda::Queue& GpuCall::take() {
  const std::scoped_lock lock(queue_mutex_);
  if (queues_.empty()) {
    queues_ = gpu_.take_queues();
    for (const auto& queue : queues_) idle_.push_back(queue.get());
  }
  if (idle_.empty()) {
    queues_.push_back(std::make_unique<device::cuda::Queue>(gpu_.device()));
    idle_.reserve(queues_.size());  // so that to give one back needs no memory
    return *queues_.back();
  }
  device::cuda::Queue& queue = *idle_.back();
  idle_.pop_back();
  return queue;
}

void GpuCall::put_back(device::cuda::Queue& queue) noexcept {
  const std::scoped_lock lock(queue_mutex_);
  idle_.push_back(&queue);
}

}  // namespace anneal::align::cuda
