#include "support/fake_cuda.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace anneal::test {

using namespace device::cuda;

namespace {

constexpr Status invalid_function = 98;
constexpr Status invalid_device = 101;
constexpr Status invalid_handle = 400;

}  // namespace

FakeCuda::FakeCuda(int count) {
  for (int i = 0; i < count; ++i) {
    devices.push_back({.name = "Fake GPU",
                       .id = "0000:00:0" + std::to_string(i),
                       .capability = 90,
                       .memory = std::uint64_t{1} << 30,
                       .multiprocessors = 4,
                       .warp_size = 32,
                       .largest_group = {1024, 1024, 64},
                       .largest_grid = {2147483647, 65535, 65535},
                       .default_shared_memory = 48 * 1024,
                       .largest_shared_memory = 227 * 1024});
  }
}

FakeCuda::~FakeCuda() {
  for (const auto& [data, block] : blocks_) ::operator delete(data);
}

int& FakeCuda::current() { return current_[std::this_thread::get_id()]; }

int FakeCuda::current_device() const {
  const std::scoped_lock lock(mutex_);
  const auto found = current_.find(std::this_thread::get_id());
  return found == current_.end() ? 0 : found->second;
}

void FakeCuda::hold() {
  const std::scoped_lock lock(mutex_);
  held_ = true;
}

void FakeCuda::let_go() {
  const std::scoped_lock lock(mutex_);
  held_ = false;
  run_streams();
}

void FakeCuda::break_down(Status status) {
  const std::scoped_lock lock(mutex_);
  broken_ = status;
}

std::size_t FakeCuda::live() const {
  const std::scoped_lock lock(mutex_);
  return blocks_.size() + streams_.size() + events_.size() + images_.size();
}

std::size_t FakeCuda::calls() const {
  const std::scoped_lock lock(mutex_);
  return calls_;
}

std::size_t FakeCuda::images_loaded() const {
  const std::scoped_lock lock(mutex_);
  return images_loaded_;
}

std::size_t FakeCuda::launches(int device) const {
  const std::scoped_lock lock(mutex_);
  const auto found = launches_.find(device);
  return found == launches_.end() ? 0 : found->second;
}

// --- devices ---------------------------------------------------------------------------------------------------------

Status FakeCuda::driver_version(int& version) {
  version = driver;
  return status::success;
}

Status FakeCuda::runtime_version(int& version) {
  version = runtime;
  return status::success;
}

Status FakeCuda::device_count(int& count) {
  count = static_cast<int>(devices.size());
  if (count_status != 0) return count_status;
  return count == 0 ? status::no_device : status::success;
}

Status FakeCuda::properties(int device, DeviceProperties& properties) {
  if (device < 0 || device >= static_cast<int>(devices.size())) return invalid_device;
  properties = devices[static_cast<std::size_t>(device)];
  return status::success;
}

Status FakeCuda::get_device(int& device) {
  return enter([&] {
    device = current();
    return status::success;
  });
}

Status FakeCuda::set_device(int device) {
  return enter([&] {
    if (device < 0 || device >= static_cast<int>(devices.size())) return invalid_device;
    current() = device;
    return status::success;
  });
}

// --- memory ----------------------------------------------------------------------------------------------------------

std::size_t FakeCuda::used(int device) const {
  std::size_t bytes = 0;
  for (const auto& [data, block] : blocks_) {
    if (block.kind == Kind::device && block.device == device) bytes += block.bytes;
  }
  return bytes;
}

Status FakeCuda::memory_info(std::size_t& free, std::size_t& total) {
  return enter([&] {
    total = devices[static_cast<std::size_t>(current())].memory;
    free = total - used(current());
    return troubles[current()].memory_info;
  });
}

Status FakeCuda::allocate(void*& data, std::size_t bytes, Kind kind) {
  return enter([&] {
    const std::size_t most = devices[static_cast<std::size_t>(current())].memory;
    if (kind == Kind::device && bytes > most - used(current())) return status::out_of_memory;
    if (const Status status = troubles[current()].allocate; status != 0 && kind == Kind::device) return status;
    data = ::operator new(bytes, std::nothrow);
    if (data == nullptr) return status::out_of_memory;
    blocks_[data] = {bytes, kind, current()};
    return status::success;
  });
}

Status FakeCuda::free(void* data, Kind kind) {
  return enter([&] {
    const auto found = blocks_.find(data);
    if (found == blocks_.end() || found->second.kind != kind) return status::invalid_value;
    ::operator delete(data);
    blocks_.erase(found);
    return status::success;
  });
}

// --- streams ---------------------------------------------------------------------------------------------------------

Status FakeCuda::create_stream(StreamHandle& stream, int) {
  return enter([&] {
    stream = reinterpret_cast<void*>(++next_handle_);
    streams_[stream] = {current(), {}};
    return status::success;
  });
}

Status FakeCuda::destroy_stream(StreamHandle stream) {
  return enter([&] { return streams_.erase(stream) == 1 ? status::success : invalid_handle; });
}

FakeCuda::Stream* FakeCuda::find(StreamHandle stream) {
  if (stream == nullptr) return &default_streams_.try_emplace(current(), Stream{current(), {}}).first->second;
  const auto found = streams_.find(stream);
  return found == streams_.end() ? nullptr : &found->second;
}

Status FakeCuda::enqueue(StreamHandle stream, Work work) {
  return enter([&] {
    Stream* const to = find(stream);
    if (to == nullptr || to->device != current()) return invalid_handle;
    to->work.push_back(std::move(work));
    run_streams();
    return status::success;
  });
}

bool FakeCuda::advance(Stream& stream) {
  if (stream.work.empty() || !stream.work.front()()) return false;
  stream.work.pop_front();
  ++clock_;
  return true;
}

void FakeCuda::run_streams() {
  if (held_ || running_) return;
  running_ = true;
  bool moved = true;
  while (moved) {
    moved = false;
    for (auto& [handle, stream] : streams_) {
      while (advance(stream)) moved = true;
    }
    for (auto& [device, stream] : default_streams_) {
      while (advance(stream)) moved = true;
    }
  }
  running_ = false;
}

Status FakeCuda::create_event(EventHandle& event, bool timed) {
  return enter([&] {
    event = reinterpret_cast<void*>(++next_handle_);
    events_[event] = {.timed = timed};
    return status::success;
  });
}

Status FakeCuda::destroy_event(EventHandle event) {
  return enter([&] { return events_.erase(event) == 1 ? status::success : invalid_handle; });
}

Status FakeCuda::record_event(EventHandle event, StreamHandle stream) {
  const std::scoped_lock lock(mutex_);
  const auto found = events_.find(event);
  if (found == events_.end()) return invalid_handle;
  found->second.done = false;
  return enqueue(stream, [this, event] {
    const auto mark = events_.find(event);
    if (mark != events_.end()) mark->second = {true, mark->second.timed, clock_};
    return true;
  });
}

Status FakeCuda::query_event(EventHandle event) {
  return enter([&] {
    const auto found = events_.find(event);
    if (found == events_.end()) return invalid_handle;
    return found->second.done ? status::success : status::not_ready;
  });
}

Status FakeCuda::wait_event(StreamHandle stream, EventHandle event) {
  // An event that was destroyed since then counts as done.
  return enqueue(stream, [this, event] {
    const auto found = events_.find(event);
    return found == events_.end() || found->second.done;
  });
}

Status FakeCuda::elapsed(float& milliseconds, EventHandle from, EventHandle to) {
  return enter([&] {
    if (!events_.at(from).timed || !events_.at(to).timed) return invalid_handle;
    if (!events_.at(from).done || !events_.at(to).done) return status::not_ready;
    milliseconds = static_cast<float>(events_.at(to).time - events_.at(from).time);
    return status::success;
  });
}

Status FakeCuda::copy(void* to, const void* from, std::size_t bytes, StreamHandle stream) {
  return enqueue(stream, [=] {
    std::memcpy(to, from, bytes);
    return true;
  });
}

Status FakeCuda::fill(void* to, unsigned char value, std::size_t bytes, StreamHandle stream) {
  return enqueue(stream, [=] {
    std::memset(to, value, bytes);
    return true;
  });
}

Status FakeCuda::call_host(StreamHandle stream, void (*function)(void*), void* data) {
  return enqueue(stream, [=] {
    function(data);
    return true;
  });
}

// --- kernels ---------------------------------------------------------------------------------------------------------

Status FakeCuda::launch(const void* function, const LaunchShape& shape, void** arguments, StreamHandle stream) {
  const std::scoped_lock lock(mutex_);
  const auto found = kernels_.find(function);
  if (found == kernels_.end()) return invalid_function;
  const Body& body = found->second;
  if (shape.group.count() > static_cast<std::uint64_t>(body.attributes.max_threads))
    return status::invalid_configuration;
  if (shape.shared_bytes > body.allowed) return status::invalid_value;
  if (const Status status = troubles[current()].launch; status != 0) return status;
  ++launches_[current()];
  return enqueue(stream, [run = body.bind(shape, arguments)] {
    run();
    return true;
  });
}

Status FakeCuda::attributes(const void* function, KernelAttributes& attributes) {
  return enter([&] {
    const auto found = kernels_.find(function);
    if (found == kernels_.end()) return invalid_function;
    attributes = found->second.attributes;
    return status::success;
  });
}

Status FakeCuda::allow_shared_memory(const void* function, std::size_t bytes) {
  return enter([&] {
    if (bytes > devices[static_cast<std::size_t>(current())].largest_shared_memory) return status::invalid_value;
    kernels_.at(function).allowed = bytes;
    return status::success;
  });
}

// An H100's multiprocessor.
Status FakeCuda::resident_groups(const void* function, int threads, std::size_t shared_bytes, int& groups) {
  return enter([&] {
    const KernelAttributes& attributes = kernels_.at(function).attributes;
    const auto shared = static_cast<int>(attributes.static_shared + shared_bytes + 1024);
    groups = std::min({32, 2048 / threads, 65536 / (threads * attributes.registers), 228 * 1024 / shared});
    return status::success;
  });
}

}  // namespace anneal::test
