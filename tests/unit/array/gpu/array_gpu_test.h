// Tests of arrays on a GPU by Metal: emulated ones, with unified memory and without, or a real one.
#pragma once

#include <memory>
#include <vector>

#include "array/metal/gpu.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::array::metal {

class ArrayGpuTest : public device::metal::MetalTest {
 protected:
  void SetUp() override {
    MetalTest::SetUp();
    gpu_ = open_gpu(runtime(), 0, "metal");
  }
  void TearDown() override {
    gpu_.reset();
    MetalTest::TearDown();
  }
  gpu::Gpu& gpu() { return *gpu_; }

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
  std::unique_ptr<gpu::Gpu> gpu_;
};

}  // namespace anneal::array::metal
