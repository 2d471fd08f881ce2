// Tests of arrays on a GPU, whichever the program was made for: by Metal, or by CUDA (ANNEAL_TEST_CUDA). There are
// emulated ones and real ones.
#pragma once

#include <memory>
#include <vector>

#include "array/gpu/gpu.h"
#ifdef ANNEAL_TEST_CUDA
#include "unit/array/cuda/gpu_fixture.h"
#else
#include "unit/array/metal/gpu_fixture.h"
#endif

namespace anneal::array::gpu {

class ArrayGpuTest : public GpuFixture {
 protected:
  void SetUp() override {
    GpuFixture::SetUp();
    if (!IsSkipped()) gpu_ = open();
  }
  void TearDown() override {
    gpu_.reset();
    GpuFixture::TearDown();
  }
  Gpu& gpu() { return *gpu_; }

  template <class T>
  std::shared_ptr<std::byte> uploaded(const std::vector<T>& values) {
    auto memory = gpu().allocate(values.size() * sizeof(T));
    gpu().upload(memory.get(), values.data(), values.size() * sizeof(T));
    return memory;
  }
  template <class T>
  std::vector<T> downloaded(const std::shared_ptr<std::byte>& memory, std::size_t count) {
    std::vector<T> values(count);
    gpu().download(values.data(), memory.get(), count * sizeof(T));
    return values;
  }

 private:
  std::unique_ptr<Gpu> gpu_;
};

/// A GPU with 256 KiB of memory, which real ones have not.
class ArraySmallGpuTest : public GpuFixture {
 protected:
  void SetUp() override {
    GpuFixture::SetUp();
    if (IsSkipped()) return;
    if (!limit_memory(std::uint64_t{1} << 18)) GTEST_SKIP() << "real memory has no limit";
    gpu_ = open();
  }
  void TearDown() override {
    gpu_.reset();
    GpuFixture::TearDown();
  }
  Gpu& gpu() { return *gpu_; }

  std::unique_ptr<Gpu> gpu_;
};

}  // namespace anneal::array::gpu
