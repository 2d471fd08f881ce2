// Tests of the CUDA runtime run twice: on a stand-in for CUDA, and on a GPU where there is one.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "device/cuda/device.h"
#include "device/cuda/self_check.h"
#include "support/fake_cuda.h"

namespace anneal::device::cuda {

/// Stand-ins for the kernels of self_check.h.
void fake_fill(std::uint32_t* data, std::uint32_t first, std::size_t size);
void fake_transpose(std::uint32_t* to, const std::uint32_t* from, unsigned rows, unsigned columns);

/// A stand-in for CUDA that knows these kernels.
std::unique_ptr<test::FakeCuda> make_fake(int devices = 1);

enum class Gpu { fake, real };

/// "Fake" and "Real", for INSTANTIATE_TEST_SUITE_P.
std::string gpu_name(const testing::TestParamInfo<Gpu>& info);

/// Skipped with the reason where there is no real GPU.
class CudaTest : public testing::TestWithParam<Gpu> {
 protected:
  void SetUp() override;
  void TearDown() override;
  virtual std::unique_ptr<test::FakeCuda> make() { return make_fake(devices_); }

  bool is_fake() const { return GetParam() == Gpu::fake; }
  Runtime& runtime() { return *runtime_; }
  Device& device() { return *device_; }

  int devices_ = 1;     ///< of the stand-in; set before SetUp()
  bool leaks_ = false;  ///< a test that poisons the runtime leaves things behind
  std::unique_ptr<test::FakeCuda> fake_;
  std::unique_ptr<Runtime> own_runtime_;
  Runtime* runtime_ = nullptr;
  std::unique_ptr<Device> device_;
  FillKernel fill_{"fill", fake_fill};
  TransposeKernel transpose_{"transpose", fake_transpose};
};

/// What `work` throws, as an error of this type; a failure where it throws none.
template <class Wanted, class Work>
Wanted error_of(const Work& work) {
  try {
    work();
  } catch (const Wanted& error) {
    return error;
  }
  throw std::logic_error("nothing was thrown");
}

}  // namespace anneal::device::cuda
