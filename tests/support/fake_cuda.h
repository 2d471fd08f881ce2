// CUDA's runtime without a GPU: host memory, and kernels that tests define as host functions.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "device/cuda/kernel.h"
#include "device/cuda/runtime_api.h"
#include "device/cuda/status.h"

namespace anneal::test {

/// Work runs as soon as its stream allows it, in the thread whose call allowed it. Thread-safe, but for the fields,
/// which tests set before anything runs.
class FakeCuda final : public device::cuda::RuntimeApi {
 public:
  using Status = device::cuda::Status;
  using LaunchShape = device::cuda::LaunchShape;

  /// `devices` GPUs of compute capability 9.0 with 1 GiB each.
  explicit FakeCuda(int devices = 1);
  ~FakeCuda() override;

  std::vector<device::cuda::DeviceProperties> devices;
  int driver = 13000;
  int runtime = 13000;
  Status count_status = 0;  ///< what device_count() returns

  /// What calls of a kind return on one device; 0: they succeed.
  struct Trouble {
    Status memory_info = 0;
    Status allocate = 0;  ///< device memory only
    Status launch = 0;
  };
  std::map<int, Trouble> troubles;

  /// Launches of `kernel` call `body(shape, arguments...)`.
  template <class... Arguments, class Body>
  void define(const device::cuda::Kernel<Arguments...>& kernel, Body body,
              device::cuda::KernelAttributes attributes = {.max_threads = 1024, .registers = 32}) {
    kernels_[kernel.ref().function] = {
        [body](const LaunchShape& shape, void** arguments) -> std::function<void()> {
          std::tuple<Arguments...> values = read<Arguments...>(arguments, std::index_sequence_for<Arguments...>());
          return [=] { std::apply([&](auto... value) { body(shape, value...); }, values); };
        },
        attributes};
  }

  /// A kernel that load_library() found in an image.
  struct ImageKernel {
    std::vector<std::size_t> argument_bytes;
    std::function<void(const LaunchShape& shape, void** arguments)> run;
    device::cuda::KernelAttributes attributes = {.max_threads = 1024, .registers = 32};
  };
  /// An image; finds kernels by their names, and gives null for others.
  using Image = std::function<const ImageKernel*(const std::string& name)>;
  /// What images are to it, null for none; without it no image can be loaded.
  std::function<Image(const void* image)> open_image;
  /// What vendor_library() finds, by name.
  std::map<std::string, std::shared_ptr<const device::cuda::VendorLibrary>> vendor_libraries;

  void hold();                     ///< streams stop
  void let_go();                   ///< and go on
  void break_down(Status status);  ///< from now on every call returns that

  std::size_t live() const;                ///< allocations, streams, events and images that were not given back
  std::size_t calls() const;               ///< calls so far that CUDA's state depends on
  std::size_t images_loaded() const;       ///< so far
  int current_device() const;              ///< of this thread
  std::size_t launches(int device) const;  ///< of kernels, those that worked

  int lowest_capability() override { return 80; }
  Status driver_version(int& version) override;
  Status runtime_version(int& version) override;
  Status device_count(int& count) override;
  Status properties(int device, device::cuda::DeviceProperties& properties) override;
  Status get_device(int& device) override;
  Status set_device(int device) override;
  Status memory_info(std::size_t& free, std::size_t& total) override;
  Status allocate_device(void*& data, std::size_t bytes) override { return allocate(data, bytes, Kind::device); }
  Status allocate_pinned(void*& data, std::size_t bytes) override { return allocate(data, bytes, Kind::pinned); }
  Status allocate_managed(void*& data, std::size_t bytes) override { return allocate(data, bytes, Kind::device); }
  Status free_device(void* data) override { return free(data, Kind::device); }
  Status free_pinned(void* data) override { return free(data, Kind::pinned); }
  Status create_stream(device::cuda::StreamHandle& stream, int priority) override;
  Status destroy_stream(device::cuda::StreamHandle stream) override;
  Status create_event(device::cuda::EventHandle& event, bool timed) override;
  Status destroy_event(device::cuda::EventHandle event) override;
  Status record_event(device::cuda::EventHandle event, device::cuda::StreamHandle stream) override;
  Status query_event(device::cuda::EventHandle event) override;
  Status wait_event(device::cuda::StreamHandle stream, device::cuda::EventHandle event) override;
  Status elapsed(float& milliseconds, device::cuda::EventHandle from, device::cuda::EventHandle to) override;
  Status copy(void* to, const void* from, std::size_t bytes, device::cuda::StreamHandle stream) override;
  Status fill(void* to, unsigned char value, std::size_t bytes, device::cuda::StreamHandle stream) override;
  Status call_host(device::cuda::StreamHandle stream, void (*function)(void*), void* data) override;
  Status launch(const void* function, const LaunchShape& shape, void** arguments,
                device::cuda::StreamHandle stream) override;
  Status attributes(const void* function, device::cuda::KernelAttributes& attributes) override;
  Status allow_shared_memory(const void* function, std::size_t bytes) override;
  Status resident_groups(const void* function, int threads, std::size_t shared_bytes, int& groups) override;
  Status load_library(device::cuda::LibraryHandle& library, const void* image) override;
  Status library_kernel(const void*& function, device::cuda::LibraryHandle library, const char* name) override;
  Status unload_library(device::cuda::LibraryHandle library) override;
  const device::cuda::VendorLibrary& vendor_library(const std::string& name) override;
  std::string status_name(Status status) override { return "cudaError" + std::to_string(status); }
  std::string status_text(Status status) override { return "error number " + std::to_string(status); }
  void clear_error() override {}

 private:
  enum class Kind { device, pinned };
  struct Block {
    std::size_t bytes;
    Kind kind;
    int device;
  };
  using Work = std::function<bool()>;  // false where it cannot run yet
  struct Stream {
    int device;
    std::deque<Work> work;
  };
  struct Mark {
    bool done = true;
    bool timed = false;
    double time = 0;
  };
  struct Body {
    std::function<std::function<void()>(const LaunchShape& shape, void** arguments)> bind;
    device::cuda::KernelAttributes attributes;
    std::size_t allowed = 48 * 1024;
  };

  template <class... Arguments, std::size_t... index>
  static std::tuple<Arguments...> read(void** arguments, std::index_sequence<index...>) {
    return {*static_cast<Arguments*>(arguments[index])...};
  }

  template <class Call>
  Status enter(const Call& call) {
    const std::scoped_lock lock(mutex_);
    ++calls_;
    return broken_ != 0 ? broken_ : Status{call()};
  }
  Status enqueue(device::cuda::StreamHandle stream, Work work);
  Stream* find(device::cuda::StreamHandle stream);
  bool advance(Stream& stream);
  void run_streams();
  Status allocate(void*& data, std::size_t bytes, Kind kind);
  Status free(void* data, Kind kind);
  std::size_t used(int device) const;
  int& current();

  mutable std::recursive_mutex mutex_;
  std::map<void*, Block> blocks_;
  std::map<void*, Stream> streams_;
  std::map<int, Stream> default_streams_;  // by device
  std::map<void*, Mark> events_;
  std::map<const void*, Body> kernels_;
  std::map<void*, Image> images_;
  std::map<const void*, void*> images_of_kernels_;
  std::map<std::thread::id, int> current_;
  std::map<int, std::size_t> launches_;
  std::size_t calls_ = 0;
  std::size_t images_loaded_ = 0;
  std::size_t next_handle_ = 0;
  double clock_ = 0;  // milliseconds; each piece of work takes one
  bool held_ = false;
  bool running_ = false;
  Status broken_ = 0;
};

}  // namespace anneal::test
