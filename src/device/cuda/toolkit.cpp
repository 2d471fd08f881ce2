#include "device/cuda/toolkit.h"

#include <fmt/core.h>

#include <map>
#include <memory>
#include <mutex>

#include "device/cuda/toolkit_names.h"

namespace anneal::device::cuda {
namespace {

cudaStream_t stream_of(StreamHandle stream) { return static_cast<cudaStream_t>(stream); }
cudaEvent_t event_of(EventHandle event) { return static_cast<cudaEvent_t>(event); }
dim3 dim_of(const Extent& extent) { return {extent.x, extent.y, extent.z}; }

Extent extent_of(const int (&sizes)[3]) {
  return {static_cast<unsigned>(sizes[0]), static_cast<unsigned>(sizes[1]), static_cast<unsigned>(sizes[2])};
}

DeviceProperties properties_of(const cudaDeviceProp& from) {
  return {.name = from.name,
          .id = fmt::format("{:04x}:{:02x}:{:02x}", from.pciDomainID, from.pciBusID, from.pciDeviceID),
          .capability = 10 * from.major + from.minor,
          .memory = from.totalGlobalMem,
          .multiprocessors = from.multiProcessorCount,
          .warp_size = from.warpSize,
          .largest_group = extent_of(from.maxThreadsDim),
          .largest_grid = extent_of(from.maxGridSize),
          .default_shared_memory = from.sharedMemPerBlock,
          .largest_shared_memory = from.sharedMemPerBlockOptin,
          .unified_memory = from.integrated != 0 || from.pageableMemoryAccessUsesHostPageTables != 0};
}

class Toolkit final : public RuntimeApi {
 public:
  int lowest_capability() override { return toolkit_lowest_capability; }
  Status driver_version(int& version) override { return cudaDriverGetVersion(&version); }
  Status runtime_version(int& version) override { return cudaRuntimeGetVersion(&version); }
  Status device_count(int& count) override { return cudaGetDeviceCount(&count); }
  Status properties(int device, DeviceProperties& properties) override {
    cudaDeviceProp found;
    const cudaError_t status = cudaGetDeviceProperties(&found, device);
    if (status == cudaSuccess) properties = properties_of(found);
    return status;
  }
  Status get_device(int& device) override { return cudaGetDevice(&device); }
  Status set_device(int device) override { return cudaSetDevice(device); }
  Status memory_info(std::size_t& free, std::size_t& total) override { return cudaMemGetInfo(&free, &total); }

  Status allocate_device(void*& data, std::size_t bytes) override { return cudaMalloc(&data, bytes); }
  Status allocate_pinned(void*& data, std::size_t bytes) override {
    return cudaHostAlloc(&data, bytes, cudaHostAllocPortable | cudaHostAllocMapped);
  }
  Status allocate_managed(void*& data, std::size_t bytes) override {
    return cudaMallocManaged(&data, bytes, cudaMemAttachGlobal);
  }
  Status free_device(void* data) override { return cudaFree(data); }
  Status free_pinned(void* data) override { return cudaFreeHost(data); }

  Status create_stream(StreamHandle& stream, int priority) override {
    cudaStream_t created = nullptr;
    const cudaError_t status = cudaStreamCreateWithPriority(&created, cudaStreamNonBlocking, priority);
    stream = created;
    return status;
  }
  Status destroy_stream(StreamHandle stream) override { return cudaStreamDestroy(stream_of(stream)); }
  Status create_event(EventHandle& event, bool timed) override {
    cudaEvent_t created = nullptr;
    const cudaError_t status = cudaEventCreateWithFlags(&created, timed ? cudaEventDefault : cudaEventDisableTiming);
    event = created;
    return status;
  }
  Status destroy_event(EventHandle event) override { return cudaEventDestroy(event_of(event)); }
  Status record_event(EventHandle event, StreamHandle stream) override {
    return cudaEventRecord(event_of(event), stream_of(stream));
  }
  Status query_event(EventHandle event) override { return cudaEventQuery(event_of(event)); }
  Status wait_event(StreamHandle stream, EventHandle event) override {
    return cudaStreamWaitEvent(stream_of(stream), event_of(event), 0);
  }
  Status elapsed(float& milliseconds, EventHandle from, EventHandle to) override {
    return cudaEventElapsedTime(&milliseconds, event_of(from), event_of(to));
  }

  Status copy(void* to, const void* from, std::size_t bytes, StreamHandle stream) override {
    return cudaMemcpyAsync(to, from, bytes, cudaMemcpyDefault, stream_of(stream));
  }
  Status fill(void* to, unsigned char value, std::size_t bytes, StreamHandle stream) override {
    return cudaMemsetAsync(to, value, bytes, stream_of(stream));
  }
  Status call_host(StreamHandle stream, void (*function)(void*), void* data) override {
    return cudaLaunchHostFunc(stream_of(stream), function, data);
  }

  Status launch(const void* function, const LaunchShape& shape, void** arguments, StreamHandle stream) override {
    return cudaLaunchKernel(function, dim_of(shape.grid), dim_of(shape.group), arguments, shape.shared_bytes,
                            stream_of(stream));
  }
  Status attributes(const void* function, KernelAttributes& attributes) override {
    cudaFuncAttributes found;
    const cudaError_t status = cudaFuncGetAttributes(&found, function);
    if (status == cudaSuccess) {
      attributes = {.max_threads = found.maxThreadsPerBlock,
                    .registers = found.numRegs,
                    .static_shared = found.sharedSizeBytes,
                    .local_bytes = found.localSizeBytes};
    }
    return status;
  }
  Status allow_shared_memory(const void* function, std::size_t bytes) override {
    return cudaFuncSetAttribute(function, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes));
  }
  Status resident_groups(const void* function, int threads, std::size_t shared_bytes, int& groups) override {
    return cudaOccupancyMaxActiveBlocksPerMultiprocessor(&groups, function, threads, shared_bytes);
  }

  Status load_library(LibraryHandle& library, const void* image) override {
    cudaLibrary_t loaded = nullptr;
    const cudaError_t status = cudaLibraryLoadData(&loaded, image, nullptr, nullptr, 0, nullptr, nullptr, 0);
    library = loaded;
    return status;
  }
  Status library_kernel(const void*& function, LibraryHandle library, const char* name) override {
    cudaKernel_t kernel = nullptr;
    const cudaError_t status = cudaLibraryGetKernel(&kernel, static_cast<cudaLibrary_t>(library), name);
    function = kernel;
    return status;
  }
  Status unload_library(LibraryHandle library) override {
    return cudaLibraryUnload(static_cast<cudaLibrary_t>(library));
  }
  const VendorLibrary& vendor_library(const std::string& name) override {
    const std::scoped_lock lock(mutex_);
    auto& library = libraries_[name];
    if (library == nullptr) library = open_toolkit_library(name);
    return *library;
  }

  std::string status_name(Status status) override { return cudaGetErrorName(static_cast<cudaError_t>(status)); }
  std::string status_text(Status status) override { return cudaGetErrorString(static_cast<cudaError_t>(status)); }
  void clear_error() override { static_cast<void>(cudaGetLastError()); }

 private:
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<VendorLibrary>> libraries_;
};

}  // namespace

RuntimeApi* toolkit_api() {
  static Toolkit toolkit;
  return &toolkit;
}

}  // namespace anneal::device::cuda
