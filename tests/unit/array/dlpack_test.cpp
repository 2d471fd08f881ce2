#include "anneal/dlpack.h"

#include <dlpack/dlpack.h>
#include <gtest/gtest.h>

#include "unit/io/thrown.h"

namespace anneal {
namespace {

using test::thrown_by;

constexpr DType all[] = {DType::boolean, DType::u8,   DType::i8,  DType::i32, DType::i64,
                         DType::f16,     DType::bf16, DType::f32, DType::f64};

// A tensor of somebody else, which counts the calls of its deleter.
struct Foreign {
  std::vector<float> values = {1, 2, 3, 4, 5, 6};
  std::vector<std::int64_t> shape = {2, 3};
  std::vector<std::int64_t> strides = {1, 2};
  int deletions = 0;
  DLManagedTensor tensor{};

  Foreign() {
    tensor.dl_tensor.data = values.data();
    tensor.dl_tensor.device = {kDLCPU, 0};
    tensor.dl_tensor.ndim = 2;
    tensor.dl_tensor.dtype = {kDLFloat, 32, 1};
    tensor.dl_tensor.shape = shape.data();
    tensor.dl_tensor.strides = strides.data();
    tensor.manager_ctx = this;
    tensor.deleter = [](DLManagedTensor* self) { ++static_cast<Foreign*>(self->manager_ctx)->deletions; };
  }
};

TEST(DLPack, TakesMemoryOverAndGivesItBack) {
  Foreign foreign;
  {
    const Array a = from_dlpack(&foreign.tensor);
    EXPECT_EQ(a.data(), foreign.values.data());
    EXPECT_EQ(a.to_vector<float>(), std::vector<float>({1, 3, 5, 2, 4, 6}));
    const Array view = a.transpose();
    EXPECT_EQ(foreign.deletions, 0);
  }
  EXPECT_EQ(foreign.deletions, 1);
}

TEST(DLPack, WithoutStridesRowsAreContiguous) {
  Foreign foreign;
  foreign.tensor.dl_tensor.strides = nullptr;
  foreign.tensor.dl_tensor.byte_offset = sizeof(float);
  foreign.shape = {1, 5};
  foreign.tensor.dl_tensor.shape = foreign.shape.data();
  EXPECT_EQ(from_dlpack(&foreign.tensor).to_vector<float>(), std::vector<float>({2, 3, 4, 5, 6}));
}

TEST(DLPack, NeedsNoDeleter) {
  Foreign foreign;
  foreign.tensor.deleter = nullptr;
  EXPECT_EQ(from_dlpack(&foreign.tensor).size(), 6);
}

TEST(DLPack, WhatIsRefusedStaysTheCallers) {
  Foreign cuda;
  cuda.tensor.dl_tensor.device = {kDLCUDA, 0};
  EXPECT_EQ(
      thrown_by([&] { from_dlpack(&cuda.tensor); }).line,
      "from_dlpack(): the tensor is on a device of type 2; it must be on the CPU, which is 1: copy it there first");
  Foreign complex;
  complex.tensor.dl_tensor.dtype = {kDLComplex, 64, 1};
  EXPECT_EQ(thrown_by([&] { from_dlpack(&complex.tensor); }).line,
            "from_dlpack(): elements of code 5, 64 bits and 1 lanes are of no dtype: convert the tensor to bool, u8, "
            "i8, i32, "
            "i64, f16, bf16, f32 or f64");
  Foreign vectors;
  vectors.tensor.dl_tensor.dtype.lanes = 4;
  EXPECT_EQ(thrown_by([&] { from_dlpack(&vectors.tensor); }).code, ErrorCode::invalid_argument);
  Foreign unaligned;
  unaligned.tensor.dl_tensor.byte_offset = 1;
  EXPECT_EQ(thrown_by([&] { from_dlpack(&unaligned.tensor); }).code, ErrorCode::invalid_argument);
  EXPECT_EQ(cuda.deletions + complex.deletions + vectors.deletions + unaligned.deletions, 0);
}

TEST(DLPack, LendsMemoryUntilItIsGivenBack) {
  auto memory = std::make_shared<std::vector<float>>(6, 2.0F);
  const std::weak_ptr<std::vector<float>> watched = memory;
  DLManagedTensor* tensor = nullptr;
  {
    const Array a = Array::borrow(memory->data(), DType::f32, {2, 3}, {1, 2}, memory);
    memory.reset();
    tensor = to_dlpack(a);
    EXPECT_EQ(tensor->dl_tensor.data, a.data());
  }
  EXPECT_FALSE(watched.expired());
  EXPECT_EQ(tensor->dl_tensor.ndim, 2);
  EXPECT_EQ(tensor->dl_tensor.shape[1], 3);
  EXPECT_EQ(tensor->dl_tensor.strides[1], 2);
  EXPECT_EQ(tensor->dl_tensor.device.device_type, kDLCPU);
  tensor->deleter(tensor);
  EXPECT_TRUE(watched.expired());
}

TEST(DLPack, ThereAndBackIsTheSame) {
  for (const DType dtype : all) {
    const Array a = Array::full({2, 0, 3}, 1, dtype);
    const Array b = Array::arange(2, dtype);
    const Array none = from_dlpack(to_dlpack(a));
    const Array two = from_dlpack(to_dlpack(b));
    EXPECT_EQ(none.shape(), a.shape());
    EXPECT_EQ(two.dtype(), dtype);
    EXPECT_EQ(two.data(), b.data());
  }
  EXPECT_EQ(from_dlpack(to_dlpack(Array(2.5))).item(), 2.5);
}

}  // namespace
}  // namespace anneal
