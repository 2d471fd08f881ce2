#include "unit/device/cuda/cuda_test.h"

namespace anneal::device::cuda {

void fake_fill(std::uint32_t* data, std::uint32_t first, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) data[i] = first + static_cast<std::uint32_t>(i);
}

void fake_transpose(std::uint32_t* to, const std::uint32_t* from, unsigned rows, unsigned columns) {
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) to[column * rows + row] = from[row * columns + column];
  }
}

std::unique_ptr<test::FakeCuda> make_fake(int devices) {
  auto fake = std::make_unique<test::FakeCuda>(devices);
  fake->define(FillKernel{"fill", fake_fill}, [](const LaunchShape&, auto... values) { fake_fill(values...); });
  fake->define(TransposeKernel{"transpose", fake_transpose},
               [](const LaunchShape&, auto... values) { fake_transpose(values...); });
  return fake;
}

std::string gpu_name(const testing::TestParamInfo<Gpu>& info) { return info.param == Gpu::fake ? "Fake" : "Real"; }

void CudaTest::SetUp() {
  if (is_fake()) {
    fake_ = make();
    own_runtime_ = std::make_unique<Runtime>(*fake_);
    runtime_ = own_runtime_.get();
  } else {
    const Backend first = list_backends().front();
    if (!first.available) GTEST_SKIP() << "no GPU to test on: " << first.reason;
    runtime_ = process_runtime();
    fill_ = fill_kernel;
    transpose_ = transpose_kernel;
  }
  runtime_->reset_faults();
  device_ = std::make_unique<Device>(*runtime_, 0);
}

void CudaTest::TearDown() {
  device_.reset();
  if (runtime_ != nullptr) runtime_->reset_faults();
  if (!fake_ || leaks_) return;
  EXPECT_EQ(fake_->live(), 0u) << "something was not given back";
}

}  // namespace anneal::device::cuda
