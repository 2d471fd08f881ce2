#include "unit/array/gpu/on_gpu.h"

#include <gtest/gtest.h>

#include <cmath>

namespace anneal::array::test {

OnGpu::OnGpu(gpu::Gpu& gpu, const RandomArray& a) : memory(gpu.allocate(a.memory.size())), view(a.view) {
  gpu.upload(memory.get(), a.memory.data(), a.memory.size());
  view.data = memory.get() + (a.view.data - a.memory.data());
}

RandomArray fetched(gpu::Gpu& gpu, const Values& values) {
  const Strided& elements = values.elements;
  EXPECT_EQ(elements.strides, contiguous_strides(elements.shape));
  RandomArray result;
  result.memory.resize(static_cast<std::size_t>(count_of(elements.shape)) * size_of(elements.dtype));
  gpu.download(result.memory.data(), elements.data, result.memory.size());
  result.view = elements;
  result.view.data = result.memory.data();
  return result;
}

void expect_same(const Strided& expected, const Strided& result) {
  ASSERT_EQ(expected.shape, result.shape);
  ASSERT_EQ(expected.dtype, result.dtype);
  for (const Shape& place : places_of(expected.shape)) {
    if (is_float(expected.dtype) && std::isnan(number_at(expected, place))) {
      ASSERT_TRUE(std::isnan(number_at(result, place))) << text_of(place);
    } else {
      ASSERT_EQ(bytes_at(expected, place), bytes_at(result, place))
          << text_of(place) << " of " << text_of(expected.shape);
    }
  }
}

void expect_same_error(const std::function<void()>& on_cpu, const std::function<void()>& on_gpu) {
  const std::string expected = error_of(on_cpu);
  EXPECT_NE(expected, "");
  EXPECT_EQ(error_of(on_gpu), expected);
}

}  // namespace anneal::array::test
