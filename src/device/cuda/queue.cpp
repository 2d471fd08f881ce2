#include "device/cuda/queue.h"

#include <fmt/core.h>

#include "device/cuda/device.h"
#include "device/cuda/host_tasks.h"

namespace anneal::device::cuda {

Queue::Queue(Device& device, int urgency) : device_(device), owns_stream_(true), tasks_(std::make_shared<HostTasks>()) {
  const CurrentDevice current(device.runtime(), device.ordinal());
  device.runtime().call(
      Operation::stream, [&](RuntimeApi& api) { return api.create_stream(stream_, -urgency); },
      [this] { return fmt::format("creating a stream on {}", device_.where()); });
}

Queue::Queue(Device& device, StreamHandle stream)
    : device_(device), stream_(stream), owns_stream_(false), tasks_(std::make_shared<HostTasks>()) {}

Queue::~Queue() {
  drain();
  tasks_->close();  // those that are left are dropped: the work failed, or the device hangs
  if (owns_stream_) device_.runtime().release([this](RuntimeApi& api) { return api.destroy_stream(stream_); });
}

void Queue::drain() noexcept {
  constexpr int attempts = 3;
  Runtime& runtime = device_.runtime();
  for (int attempt = 1; !runtime.is_poisoned(); ++attempt) {
    try {
      return make_event(false)->wait();
    } catch (const std::exception& error) {
      if (attempt == attempts) runtime.poison(error.what());
    }
  }
}

void Queue::submit(std::function<void()> task) {
  const HostTasks::Entry entry = tasks_->add(std::move(task));
  try {
    const CurrentDevice current(device_.runtime(), device_.ordinal());
    device_.runtime().call(
        Operation::launch, [&](RuntimeApi& api) { return api.call_host(stream_, entry.run, entry.data); },
        [this] { return fmt::format("submitting a host task to {}", device_.where()); });
  } catch (...) {
    HostTasks::drop(entry);
    throw;
  }
}

void Queue::copy(void* to, const void* from, std::size_t bytes) {
  if (bytes == 0) return;
  const CurrentDevice current(device_.runtime(), device_.ordinal());
  device_.runtime().call(
      Operation::copy, [&](RuntimeApi& api) { return api.copy(to, from, bytes, stream_); },
      [&] { return fmt::format("copying {} bytes after {}", bytes, last_work()); });
}

void Queue::fill(void* to, unsigned char value, std::size_t bytes) {
  if (bytes == 0) return;
  const CurrentDevice current(device_.runtime(), device_.ordinal());
  device_.runtime().call(
      Operation::copy, [&](RuntimeApi& api) { return api.fill(to, value, bytes, stream_); },
      [&] { return fmt::format("filling {} bytes after {}", bytes, last_work()); });
}

void Queue::launch(const KernelRef& kernel, const LaunchShape& shape, void** arguments) {
  device_.kernels().check(kernel, shape);
  device_.kernels().allow_shared_memory(kernel, shape.shared_bytes);
  const CurrentDevice current(device_.runtime(), device_.ordinal());
  device_.runtime().call(
      Operation::launch, [&](RuntimeApi& api) { return api.launch(kernel.function, shape, arguments, stream_); },
      [&] {
        return fmt::format("launching kernel {} ({}x{}x{} groups of {}x{}x{} threads, {} bytes of shared memory) on {}",
                           kernel.name, shape.grid.x, shape.grid.y, shape.grid.z, shape.group.x, shape.group.y,
                           shape.group.z, shape.shared_bytes, device_.where());
      });
  const std::scoped_lock lock(mutex_);
  last_kernel_ = kernel.name;
}

std::string Queue::last_work() const {
  const std::scoped_lock lock(mutex_);
  return last_kernel_.empty() ? fmt::format("work on {}", device_.where())
                              : fmt::format("kernel {} on {}", last_kernel_, device_.where());
}

std::shared_ptr<Event> Queue::make_event(bool timed) {
  return std::make_shared<Event>(device_.events(), stream_, last_work(), deadline_, timed);
}

void Queue::synchronize() {
  make_event(false)->wait();
  if (const std::exception_ptr error = tasks_->take_error()) std::rethrow_exception(error);
}

std::shared_ptr<const device::Event> Queue::record() { return make_event(false); }

std::shared_ptr<const Event> Queue::record_time() { return make_event(true); }

void Queue::wait(std::shared_ptr<const device::Event> event) {
  const auto* recorded = dynamic_cast<const Event*>(event.get());
  if (recorded == nullptr || &recorded->runtime() != &device_.runtime()) {
    event->wait();
    return;
  }
  const CurrentDevice current(device_.runtime(), device_.ordinal());
  device_.runtime().call(
      Operation::event, [&](RuntimeApi& api) { return api.wait_event(stream_, recorded->handle()); },
      [this] { return fmt::format("letting a queue of {} wait for an event", device_.where()); });
}

}  // namespace anneal::device::cuda
