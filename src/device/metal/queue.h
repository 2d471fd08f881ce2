// Work of one device in order: a Metal command queue.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "device/metal/event.h"
#include "device/metal/kernel.h"
#include "device/metal/memory.h"
#include "device/metal/submitter.h"
#include "device/queue.h"

namespace anneal::device::metal {

class Device;

/// The first type of a Kernel that is launched in slices: `constant uint& first_group [[buffer(0)]]`.
struct FirstGroup {
  std::uint32_t index = 0;
};

/// Kernels, copies and tasks run in the order in which they are submitted. What cannot be submitted throws at once.
/// What fails on the device is reported, with the names of the kernels, by events and by synchronize(); what follows is
/// skipped until synchronize() or drain(). Thread-safe. The device outlives it.
///
/// Launches and copies are collected, up to a few dozens, and go to the device as one command buffer with the next
/// flush(), record(), submit(), wait() or synchronize(). Whoever waits by other means has to flush().
///
/// The system ends command buffers that run for seconds. An engine that does not know its kernels to be short launches
/// them in slices, of as many groups as take some hundred milliseconds at most. A command buffer has no more than that
/// of them together, be it parts of several launches.
class Queue final : public device::Queue {
 public:
  explicit Queue(Device& device);
  ~Queue() override;

  /// `task` runs on the queue's thread, between the work before and after it. It must not wait for this queue. The
  /// tasks after one that throws are skipped, kernels and copies are not.
  void submit(std::function<void()> task) override;
  /// Between memory of the device, of any kind, and any memory of the host. Nothing happens where both are one place,
  /// as on unified memory if an engine has but one copy. Of managed memory it is the device's side. Fast for places and
  /// sizes that are multiples of 4, and for memory of Device::allocate().
  void copy(void* to, const void* from, std::size_t bytes) override;
  void synchronize() override;
  std::shared_ptr<const device::Event> record() override;
  /// An event of this process's other queues holds up only this queue's thread.
  void wait(std::shared_ptr<const device::Event> event) override;

  /// Each byte becomes `value`: memory of the device. Fast for places and sizes that are multiples of 4.
  void fill(void* to, unsigned char value, std::size_t bytes);

  /// Lets the host see what the device wrote to memory of kind `shared`, all of the allocation that `data` points
  /// into, once this is done. Needed where memory is not unified; costs nothing where it is. What the host wrote to
  /// the allocation since Device::host_wrote() is lost.
  void fetch(const void* data);

  /// Throws Error(invalid_argument) for a shape that the device or the kernel does not allow, for a pointer that is
  /// not to memory of the device, and RuntimeError that names the kernel where it cannot be compiled.
  template <class... Arguments>
  void launch(const Kernel<Arguments...>& kernel, const LaunchShape& shape,
              std::type_identity_t<Arguments>... arguments) {
    const std::array<Argument, sizeof...(Arguments)> bound{Argument(arguments)...};
    launch(kernel.ref(), shape, bound);
  }
  /// `arguments`: by [[buffer(index)]].
  void launch(const KernelRef& kernel, const LaunchShape& shape, std::span<const Argument> arguments);

  /// Launches a 1-D grid in slices of at most `groups_per_slice` groups, so that no command buffer runs long. The
  /// kernel's `first_group` is the number of the slice's first group: a group's number is first_group plus its
  /// threadgroup_position_in_grid, and threadgroups_per_grid is that of the slice.
  template <class... Arguments>
  void launch_sliced(const Kernel<FirstGroup, Arguments...>& kernel, const LaunchShape& shape,
                     unsigned groups_per_slice, std::type_identity_t<Arguments>... arguments) {
    FirstGroup first;
    const std::array<Argument, sizeof...(Arguments) + 1> bound{Argument(first), Argument(arguments)...};
    launch_sliced(kernel.ref(), shape, groups_per_slice, first, bound);
  }

  /// Sends what was collected to the device.
  void flush();

  /// For destructors, and after failures: returns once neither the device nor a task uses any more what was submitted
  /// so far, and forgets what failed. Where that takes longer than the deadline, poisons the runtime.
  void drain() noexcept;

  /// For the waits from now on, and for events that are recorded from now on.
  void set_deadline(std::chrono::nanoseconds deadline);

  Device& device() const { return device_; }

  /// When kernels of this queue ran since the last call: of the work that is done.
  std::vector<Span> take_spans();

 private:
  void launch_sliced(const KernelRef& kernel, const LaunchShape& shape, unsigned groups_per_slice, FirstGroup& first,
                     std::span<const Argument> arguments);
  Dispatch make_dispatch(const KernelRef& kernel, const LaunchShape& shape, std::span<const Argument> arguments) const;
  Binding bind(const KernelRef& kernel, std::size_t index, const Argument& argument) const;
  Memory::Place place_of(const void* data, std::size_t bytes) const;

  Dispatch prepare_launch(const KernelRef& kernel, const LaunchShape& shape, std::span<const Argument> arguments);
  /// `share`: of the time that a command buffer may take.
  void add(Command command, double share = 0);
  void add_copy(const Memory::Place& to, const Memory::Place& from, std::size_t bytes);
  void send();  // with the mutex
  std::shared_ptr<Event> make_event();
  std::string last_work() const;

  Device& device_;
  mutable std::mutex mutex_;
  std::vector<Command> commands_;  // not sent yet
  double share_ = 0;               // theirs
  std::string last_kernel_;
  std::chrono::nanoseconds deadline_ = default_deadline;
  Submitter submitter_;
};

}  // namespace anneal::device::metal
