// What toolkit.cpp uses of NVIDIA's runtime; or of AMD's, which has the same under other names.
#pragma once

#include <memory>
#include <string>

#include "anneal/error.h"
#include "device/cuda/vendor_library.h"

#if defined(__HIP_PLATFORM_AMD__)

#include <hip/hip_runtime_api.h>

/// Of gfx90a; gfx1030 calls itself 10.3. A capability names no instruction set here: which GPUs have code that was
/// compiled for them is to be found out by gcnArchName.
inline constexpr int toolkit_lowest_capability = 90;

#define cudaDeviceProp hipDeviceProp_t
#define cudaError_t hipError_t
#define cudaEvent_t hipEvent_t
#define cudaFuncAttributes hipFuncAttributes
#define cudaStream_t hipStream_t
// A kernel may use all of the memory that a group can have without asking first.
#define sharedMemPerBlockOptin sharedMemPerBlock

#define cudaEventDefault hipEventDefault
#define cudaEventDisableTiming hipEventDisableTiming
#define cudaFuncAttributeMaxDynamicSharedMemorySize hipFuncAttributeMaxDynamicSharedMemorySize
#define cudaHostAllocMapped hipHostMallocMapped
#define cudaHostAllocPortable hipHostMallocPortable
#define cudaMemAttachGlobal hipMemAttachGlobal
#define cudaMemcpyDefault hipMemcpyDefault
#define cudaStreamNonBlocking hipStreamNonBlocking
#define cudaSuccess hipSuccess

#define cudaDriverGetVersion hipDriverGetVersion
#define cudaEventCreateWithFlags hipEventCreateWithFlags
#define cudaEventDestroy hipEventDestroy
#define cudaEventElapsedTime hipEventElapsedTime
#define cudaEventQuery hipEventQuery
#define cudaEventRecord hipEventRecord
#define cudaFree hipFree
#define cudaFreeHost hipHostFree
#define cudaFuncGetAttributes hipFuncGetAttributes
#define cudaFuncSetAttribute hipFuncSetAttribute
#define cudaGetDevice hipGetDevice
#define cudaGetDeviceCount hipGetDeviceCount
#define cudaGetDeviceProperties hipGetDeviceProperties
#define cudaGetErrorName hipGetErrorName
#define cudaGetErrorString hipGetErrorString
#define cudaGetLastError hipGetLastError
#define cudaHostAlloc hipHostMalloc
#define cudaLaunchHostFunc hipLaunchHostFunc
#define cudaLaunchKernel hipLaunchKernel
#define cudaMalloc hipMalloc
#define cudaMallocManaged hipMallocManaged
#define cudaMemcpyAsync hipMemcpyAsync
#define cudaMemGetInfo hipMemGetInfo
#define cudaMemsetAsync hipMemsetAsync
#define cudaOccupancyMaxActiveBlocksPerMultiprocessor hipOccupancyMaxActiveBlocksPerMultiprocessor
#define cudaRuntimeGetVersion hipRuntimeGetVersion
#define cudaSetDevice hipSetDevice
#define cudaStreamCreateWithPriority hipStreamCreateWithPriority
#define cudaStreamDestroy hipStreamDestroy
#define cudaStreamWaitEvent hipStreamWaitEvent

// HIP launches kernels of text by other functions than those of the program, and nothing uses them so far.
using cudaLibrary_t = void*;
using cudaKernel_t = void*;
template <class... Options>
hipError_t cudaLibraryLoadData(cudaLibrary_t*, const void*, Options...) {
  return hipErrorNotSupported;
}
inline hipError_t cudaLibraryGetKernel(cudaKernel_t*, cudaLibrary_t, const char*) { return hipErrorNotSupported; }
inline hipError_t cudaLibraryUnload(cudaLibrary_t) { return hipErrorNotSupported; }

namespace anneal::device::cuda {
inline std::unique_ptr<VendorLibrary> open_toolkit_library(const std::string& name) {
  throw Error(ErrorCode::unavailable, "a build for AMD's GPUs has no use for NVIDIA's library " + name);
}
}  // namespace anneal::device::cuda

#else

#include <cuda_runtime_api.h>

inline constexpr int toolkit_lowest_capability = ANNEAL_CUDA_LOWEST_CAPABILITY;

namespace anneal::device::cuda {
inline std::unique_ptr<VendorLibrary> open_toolkit_library(const std::string& name) {
  return open_vendor_library(name);
}
}  // namespace anneal::device::cuda

#endif
