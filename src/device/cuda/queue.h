// Work of one device in order: a CUDA stream.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string_view>
#include <type_traits>

#include "device/cuda/event.h"
#include "device/cuda/kernel.h"
#include "device/queue.h"

namespace anneal::device::cuda {

class Device;
class HostTasks;

/// Kernels, copies and tasks run in the order in which they are submitted. What cannot be submitted throws at once;
/// what fails on the device makes later calls throw, and names the kernel that was submitted last. Thread-safe. The
/// device outlives it.
class Queue final : public device::Queue {
 public:
  /// A stream of its own. Blocks of kernels of more urgent queues get free processors first; devices know a few levels,
  /// from 0 on, and take what exceeds them for the highest.
  explicit Queue(Device& device, int urgency = 0);
  /// Puts work into a stream of the caller's (a cudaStream_t of that device), who keeps it until the queue has ended.
  Queue(Device& device, StreamHandle stream);
  ~Queue() override;

  /// `task` runs on a thread of CUDA's, between the work before and after it, and must not call CUDA. The tasks after
  /// one that throws are skipped, kernels and copies are not.
  void submit(std::function<void()> task) override;
  /// Asynchronous for memory of kind device, shared or staging; other host memory is copied through a buffer of CUDA's.
  void copy(void* to, const void* from, std::size_t bytes) override;
  void synchronize() override;
  /// For destructors: returns once the device does not use any more what was submitted so far. Asks again where asking
  /// fails, and in the end poisons the runtime, as what the device may still use must not be given to others.
  void drain() noexcept;
  std::shared_ptr<const device::Event> record() override;
  /// An event of a queue that is not CUDA's is waited for here and now.
  void wait(std::shared_ptr<const device::Event> event) override;

  /// Each byte becomes `value`.
  void fill(void* to, unsigned char value, std::size_t bytes);

  /// Throws Error(invalid_argument) for a shape that the device or the kernel does not allow, and RuntimeError that
  /// names the kernel where it cannot be launched.
  template <class... Arguments>
  void launch(const Kernel<Arguments...>& kernel, const LaunchShape& shape,
              std::type_identity_t<Arguments>... arguments) {
    void* pointers[] = {const_cast<void*>(static_cast<const void*>(&arguments))..., nullptr};
    launch(kernel.ref(), shape, pointers);
  }
  /// `arguments`: a pointer to each of the kernel's arguments.
  void launch(const KernelRef& kernel, const LaunchShape& shape, void** arguments);

  /// An event that knows its time, for Event::elapsed_since().
  std::shared_ptr<const Event> record_time();

  /// How long synchronize() and the events that are recorded from now on wait at most; default_deadline at first.
  void set_deadline(std::chrono::nanoseconds deadline) { deadline_ = deadline; }

  StreamHandle stream() const { return stream_; }

 private:
  std::shared_ptr<Event> make_event(bool timed);
  std::string last_work() const;

  Device& device_;
  StreamHandle stream_ = nullptr;
  bool owns_stream_;
  std::shared_ptr<HostTasks> tasks_;
  std::atomic<std::chrono::nanoseconds> deadline_{default_deadline};
  mutable std::mutex mutex_;
  std::string last_kernel_;  // guarded by mutex_
};

}  // namespace anneal::device::cuda
