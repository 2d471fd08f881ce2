#include "device/metal/queue.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "device/metal/byte_kernels.h"
#include "device/metal/device.h"

namespace anneal::device::metal {
namespace {

// In a command buffer: enough to spare the cost of one per launch, few enough that the device begins soon.
constexpr std::size_t most_commands = 64;

Object create_queue(Device& device) {
  Object queue;
  device.runtime().call(
      Operation::stream, [&](RuntimeApi& api) { return api.create_queue(device.handle(), "anneal", queue); },
      [&] { return fmt::format("creating a queue on {}", device.where()); });
  return queue;
}

bool is_aligned(std::size_t offset) { return offset % 4 == 0; }

Memory::Place advance(Memory::Place place, std::size_t bytes) {
  place.offset += bytes;
  place.bytes -= bytes;
  return place;
}

}  // namespace

Queue::Queue(Device& device) : device_(device), submitter_(device.runtime(), create_queue(device), device.where()) {}

Queue::~Queue() { drain(); }

void Queue::drain() noexcept {
  std::chrono::nanoseconds deadline{};
  try {
    const std::scoped_lock lock(mutex_);
    deadline = deadline_;
    send();
  } catch (...) {
    commands_.clear();  // no memory to send them
  }
  if (!submitter_.wait_until_idle(deadline) && !device_.runtime().is_poisoned()) {
    try {
      device_.runtime().poison(last_work() + " is not done within its deadline");
    } catch (...) {
      device_.runtime().poison("a deadline passed");
    }
  }
  submitter_.take_error();
}

void Queue::send() {
  if (commands_.empty()) return;
  submitter_.add(std::move(commands_));
  commands_.clear();
  share_ = 0;
}

void Queue::flush() {
  const std::scoped_lock lock(mutex_);
  send();
}

void Queue::add(Command command, double share) {
  const std::scoped_lock lock(mutex_);
  if (share_ + share > 1) send();
  share_ += share;
  if (const auto* const dispatch = std::get_if<Dispatch>(&command)) last_kernel_ = dispatch->name;
  commands_.push_back(std::move(command));
  if (commands_.size() >= most_commands) send();
}

void Queue::submit(std::function<void()> task) {
  device_.runtime().call(
      Operation::launch, [](RuntimeApi&) { return Outcome{}; },
      [this] { return fmt::format("submitting a host task to {}", device_.where()); });
  const std::scoped_lock lock(mutex_);
  send();
  submitter_.add(std::move(task));
}

Memory::Place Queue::place_of(const void* data, std::size_t bytes) const {
  std::optional<Memory::Place> place = device_.buffers().find(data);
  if (place && place->bytes >= bytes) return *std::move(place);
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{} bytes at {} are not within an allocation of {}", bytes, data, device_.where()));
}

void Queue::copy(void* to, const void* from, std::size_t bytes) {
  if (bytes == 0 || to == from) return;
  device_.runtime().call(
      Operation::copy, [](RuntimeApi&) { return Outcome{}; },
      [&] { return fmt::format("copying {} bytes after {}", bytes, last_work()); });
  const std::optional<Memory::Place> to_place = device_.buffers().find(to);
  const std::optional<Memory::Place> from_place = device_.buffers().find(from);
  if (to_place && from_place) return add_copy(place_of(to, bytes), place_of(from, bytes), bytes);
  if ((!to_place || to_place->on_host()) && (!from_place || from_place->on_host())) {
    return submit([=] { std::memcpy(to, from, bytes); });
  }
  // By way of memory that both sides reach.
  const auto between = std::make_shared<Allocation>(device_.allocate(bytes, MemoryKind::staging));
  if (to_place) {
    submit([=] { std::memcpy(between->data(), from, bytes); });
    add_copy(place_of(to, bytes), place_of(between->data(), bytes), bytes);
  } else {
    add_copy(place_of(between->data(), bytes), place_of(from, bytes), bytes);
    submit([=] { std::memcpy(to, between->data(), bytes); });
  }
}

// Metal's own copies take multiples of 4; kernels do the rest.
void Queue::add_copy(const Memory::Place& to, const Memory::Place& from, std::size_t bytes) {
  const std::size_t words = is_aligned(to.offset) && is_aligned(from.offset) ? bytes / 4 * 4 : 0;
  if (words > 0) add(CopyBytes{from.buffer, to.buffer, from.offset, to.offset, words});
  if (words < bytes) {
    add(copy_bytes(device_.kernels(), advance(to, words), advance(from, words), bytes - words));
  }
}

void Queue::fill(void* to, unsigned char value, std::size_t bytes) {
  if (bytes == 0) return;
  device_.runtime().call(
      Operation::copy, [](RuntimeApi&) { return Outcome{}; },
      [&] { return fmt::format("filling {} bytes after {}", bytes, last_work()); });
  const Memory::Place place = place_of(to, bytes);
  const std::size_t words = is_aligned(place.offset) ? bytes / 4 * 4 : 0;
  if (words > 0) add(FillBytes{place.buffer, place.offset, words, value});
  if (words < bytes) add(fill_bytes(device_.kernels(), advance(place, words), value, bytes - words));
}

void Queue::fetch(const void* data) {
  const Memory::Place place = place_of(data, 1);
  if (place.storage == Storage::managed) add(Fetch{place.buffer});
}

Binding Queue::bind(const KernelRef& kernel, std::size_t index, const Argument& argument) const {
  if (!argument.is_pointer()) {
    const auto* const bytes = static_cast<const unsigned char*>(argument.data());
    return {.buffer = {}, .offset = 0, .bytes = {bytes, bytes + argument.bytes()}};
  }
  const void* const pointer = argument.data() == nullptr ? device_.nothing().data() : argument.data();
  const std::optional<Memory::Place> place = device_.buffers().find(pointer);
  if (place) return {.buffer = place->buffer, .offset = place->offset, .bytes = {}};
  throw Error(ErrorCode::invalid_argument,
              fmt::format("kernel {}: argument {} is {}, which is not within an allocation of {}", kernel.name, index,
                          argument.data(), device_.where()));
}

Dispatch Queue::make_dispatch(const KernelRef& kernel, const LaunchShape& shape,
                              std::span<const Argument> arguments) const {
  device_.kernels().check(kernel, shape);
  Dispatch dispatch{.pipeline = device_.kernels().pipeline(kernel).state,
                    .name = std::string(kernel.name),
                    .bindings = {},
                    .shape = shape};
  dispatch.bindings.reserve(arguments.size());
  for (const Argument& argument : arguments) {
    dispatch.bindings.push_back(bind(kernel, dispatch.bindings.size(), argument));
  }
  return dispatch;
}

Dispatch Queue::prepare_launch(const KernelRef& kernel, const LaunchShape& shape, std::span<const Argument> arguments) {
  Dispatch dispatch = make_dispatch(kernel, shape, arguments);
  device_.runtime().call(
      Operation::launch, [](RuntimeApi&) { return Outcome{}; },
      [&] {
        return fmt::format(
            "launching kernel {} ({}x{}x{} groups of {}x{}x{} threads, {} bytes of threadgroup memory) "
            "on {}",
            kernel.name, shape.grid.x, shape.grid.y, shape.grid.z, shape.group.x, shape.group.y, shape.group.z,
            shape.shared_bytes, device_.where());
      });
  return dispatch;
}

void Queue::launch(const KernelRef& kernel, const LaunchShape& shape, std::span<const Argument> arguments) {
  add(prepare_launch(kernel, shape, arguments));
}

void Queue::launch_sliced(const KernelRef& kernel, const LaunchShape& shape, unsigned groups_per_slice,
                          FirstGroup& first, std::span<const Argument> arguments) {
  if (groups_per_slice == 0) {
    throw Error(ErrorCode::invalid_argument, fmt::format("kernel {}: slices of 0 groups", kernel.name));
  }
  for (unsigned done = 0; done < shape.grid.x;) {
    LaunchShape slice = shape;
    slice.grid.x = std::min(groups_per_slice, shape.grid.x - done);
    first.index = done;
    const double share = static_cast<double>(slice.grid.x) / groups_per_slice;
    add(prepare_launch(kernel, slice, arguments), share);
    done += slice.grid.x;
  }
}

std::string Queue::last_work() const {
  const std::scoped_lock lock(mutex_);
  return last_kernel_.empty() ? fmt::format("work on {}", device_.where())
                              : fmt::format("kernel {} on {}", last_kernel_, device_.where());
}

std::shared_ptr<Event> Queue::make_event() {
  std::string after = last_work();
  const std::scoped_lock lock(mutex_);
  auto event = std::make_shared<Event>(device_.runtime(), std::move(after), deadline_);
  send();
  submitter_.mark(event);
  return event;
}

std::shared_ptr<const device::Event> Queue::record() { return make_event(); }

void Queue::synchronize() {
  const std::shared_ptr<Event> event = make_event();
  try {
    event->wait();
  } catch (...) {
    submitter_.take_error();
    throw;
  }
  if (const std::exception_ptr error = submitter_.take_error()) std::rethrow_exception(error);
}

void Queue::wait(std::shared_ptr<const device::Event> event) {
  const std::scoped_lock lock(mutex_);
  send();
  submitter_.add(std::move(event));
}

void Queue::set_deadline(std::chrono::nanoseconds deadline) {
  const std::scoped_lock lock(mutex_);
  deadline_ = deadline;
}

std::vector<Span> Queue::take_spans() { return submitter_.take_spans(); }

}  // namespace anneal::device::metal
