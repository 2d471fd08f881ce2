// Products by cuBLASLt.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "array/cuda/blas_lt_api.h"
#include "array/cuda/blas_lt_descriptors.h"
#include "array/gpu/product.h"
#include "device/buffer_pool.h"
#include "device/cuda/device.h"

namespace anneal::array::cuda {

/// f32 is computed in f32, not in TF32; f16 and bf16 are added up in f32. The algorithm is the one that the library
/// thinks best, not what was fastest in a try: results are then the same in each run. Thread-safe. Device, queue and
/// pool outlive it.
class BlasLt {
 public:
  /// Null where the runtime has no cuBLASLt, or one that does not work with the device.
  static std::unique_ptr<BlasLt> open(device::cuda::Device& device, device::cuda::Queue& queue,
                                      device::BufferPool& memory);
  BlasLt(const BlasLt&) = delete;
  BlasLt& operator=(const BlasLt&) = delete;
  ~BlasLt();

  /// "cuBLASLt 130100".
  std::string version() const;
  /// Queues A B + bias: no activation. C is of `c_dtype`: the product's, or f32 where that has 16 bits; a bias may be
  /// added to what was rounded to 16 bits already. False where the library has no way to do it, and nothing has
  /// happened. Throws RuntimeError.
  bool multiply(const gpu::Product& product, DType c_dtype);

 private:
  BlasLt(const device::cuda::VendorLibrary& library, device::cuda::Device& device, device::cuda::Queue& queue,
         device::BufferPool& memory);

  struct Choice {
    bool found = false;
    blas_lt::Algorithm algorithm{};
  };
  Choice chosen(const gpu::Product& product, DType c_dtype, const blas_lt::Descriptors& descriptors);
  Choice choose(const gpu::Product& product, const blas_lt::Descriptors& descriptors) const;
  [[noreturn]] void fail(blas_lt::Status status, const gpu::Product& product) const;

  blas_lt::Api api_;
  device::cuda::Device& device_;
  device::cuda::Queue& queue_;
  blas_lt::Handle handle_ = nullptr;
  std::mutex mutex_;
  device::Buffer<std::byte> workspace_;  // one product uses it at a time: they are in one queue
  std::unordered_map<std::string, Choice> known_;
};

}  // namespace anneal::array::cuda
