// The calls of the CUDA runtime that anneal makes, without its headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "device/cuda/vendor_library.h"
#include "device/launch_shape.h"

namespace anneal::device::cuda {

/// A cudaError_t: 0 is success. status.h names those that matter here.
using Status = int;
using StreamHandle = void*;   ///< a cudaStream_t; null is the default stream
using EventHandle = void*;    ///< a cudaEvent_t
using LibraryHandle = void*;  ///< a cudaLibrary_t

using device::Extent;
using device::LaunchShape;

struct DeviceProperties {
  std::string name;
  std::string id;            ///< its place on the bus, such as "0000:3b:00"
  int capability = 0;        ///< 10 * major + minor: 90 for compute capability 9.0
  std::uint64_t memory = 0;  ///< bytes
  int multiprocessors = 0;
  int warp_size = 32;                     ///< threads
  Extent largest_group;                   ///< threads in each dimension
  Extent largest_grid;                    ///< groups in each dimension
  std::size_t default_shared_memory = 0;  ///< bytes that any kernel may use in a group
  std::size_t largest_shared_memory = 0;  ///< bytes that a kernel may use in a group once it is allowed to
  bool unified_memory = false;            ///< the host's memory and the device's are one
};

struct KernelAttributes {
  int max_threads = 0;            ///< in a group
  int registers = 0;              ///< of a thread
  std::size_t static_shared = 0;  ///< bytes of a group
  std::size_t local_bytes = 0;    ///< of a thread, spilled registers included
};

/// Each function is the CUDA call that its comment names, and returns that call's status. Device ordinals count from 0.
class RuntimeApi {
 public:
  virtual ~RuntimeApi() = default;

  virtual int lowest_capability() = 0;               // of the kernels in this build, as in DeviceProperties
  virtual Status driver_version(int& version) = 0;   // cudaDriverGetVersion: 0 without a driver
  virtual Status runtime_version(int& version) = 0;  // cudaRuntimeGetVersion: 1000 * major + 10 * minor
  virtual Status device_count(int& count) = 0;       // cudaGetDeviceCount
  virtual Status properties(int device, DeviceProperties& properties) = 0;  // cudaGetDeviceProperties
  virtual Status get_device(int& device) = 0;                               // cudaGetDevice
  virtual Status set_device(int device) = 0;                                // cudaSetDevice
  virtual Status memory_info(std::size_t& free, std::size_t& total) = 0;    // cudaMemGetInfo

  virtual Status allocate_device(void*& data, std::size_t bytes) = 0;   // cudaMalloc
  virtual Status allocate_pinned(void*& data, std::size_t bytes) = 0;   // cudaHostAlloc, portable and mapped
  virtual Status allocate_managed(void*& data, std::size_t bytes) = 0;  // cudaMallocManaged
  virtual Status free_device(void* data) = 0;                           // cudaFree, also of managed memory
  virtual Status free_pinned(void* data) = 0;                           // cudaFreeHost

  virtual Status create_stream(StreamHandle& stream, int priority) = 0;  // cudaStreamCreateWithPriority, non-blocking
  virtual Status destroy_stream(StreamHandle stream) = 0;                // cudaStreamDestroy
  virtual Status create_event(EventHandle& event, bool timed) = 0;       // cudaEventCreateWithFlags
  virtual Status destroy_event(EventHandle event) = 0;                   // cudaEventDestroy
  virtual Status record_event(EventHandle event, StreamHandle stream) = 0;            // cudaEventRecord
  virtual Status query_event(EventHandle event) = 0;                                  // cudaEventQuery
  virtual Status wait_event(StreamHandle stream, EventHandle event) = 0;              // cudaStreamWaitEvent
  virtual Status elapsed(float& milliseconds, EventHandle from, EventHandle to) = 0;  // cudaEventElapsedTime

  virtual Status copy(void* to, const void* from, std::size_t bytes, StreamHandle stream) = 0;     // cudaMemcpyAsync
  virtual Status fill(void* to, unsigned char value, std::size_t bytes, StreamHandle stream) = 0;  // cudaMemsetAsync
  virtual Status call_host(StreamHandle stream, void (*function)(void*), void* data) = 0;          // cudaLaunchHostFunc

  virtual Status launch(const void* function, const LaunchShape& shape, void** arguments,
                        StreamHandle stream) = 0;                                     // cudaLaunchKernel
  virtual Status attributes(const void* function, KernelAttributes& attributes) = 0;  // cudaFuncGetAttributes
  virtual Status allow_shared_memory(const void* function, std::size_t bytes) = 0;    // cudaFuncSetAttribute
  virtual Status resident_groups(const void* function, int threads, std::size_t shared_bytes,
                                 int& groups) = 0;  // cudaOccupancyMaxActiveBlocksPerMultiprocessor

  /// `image`: machine code, or PTX that a 0 ends.
  virtual Status load_library(LibraryHandle& library, const void* image) = 0;  // cudaLibraryLoadData
  /// `function` is what launch() and the like take.
  virtual Status library_kernel(const void*& function, LibraryHandle library,
                                const char* name) = 0;       // cudaLibraryGetKernel
  virtual Status unload_library(LibraryHandle library) = 0;  // cudaLibraryUnload

  /// Another library of NVIDIA's, by open_vendor_library(), once per name.
  virtual const VendorLibrary& vendor_library(const std::string& name) = 0;

  virtual std::string status_name(Status status) = 0;  // cudaGetErrorName
  virtual std::string status_text(Status status) = 0;  // cudaGetErrorString
  virtual void clear_error() = 0;                      // cudaGetLastError
};

}  // namespace anneal::device::cuda
