#include "anneal/dlpack.h"

#include <dlpack/dlpack.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <memory>

#include "anneal/error.h"
#include "array/shape.h"

namespace anneal {
namespace {

// What versions from 0.8 on call kDLBool.
constexpr std::uint8_t dlpack_bool = 6;

struct Row {
  DType dtype;
  std::uint8_t code;
  std::uint8_t bits;
};
constexpr std::array<Row, 9> dtypes{{{DType::boolean, dlpack_bool, 8},
                                     {DType::u8, kDLUInt, 8},
                                     {DType::i8, kDLInt, 8},
                                     {DType::i32, kDLInt, 32},
                                     {DType::i64, kDLInt, 64},
                                     {DType::f16, kDLFloat, 16},
                                     {DType::bf16, kDLBfloat, 16},
                                     {DType::f32, kDLFloat, 32},
                                     {DType::f64, kDLFloat, 64}}};

DLDataType dlpack_type(DType dtype) {
  const Row& row = *std::ranges::find(dtypes, dtype, &Row::dtype);
  return {row.code, row.bits, 1};
}

DType dtype_of(const DLDataType& type) {
  for (const Row& row : dtypes) {
    if (row.code == type.code && row.bits == type.bits && type.lanes == 1) return row.dtype;
  }
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("from_dlpack(): elements of code {}, {} bits and {} lanes are of no dtype: convert the tensor to "
                  "bool, u8, i8, i32, i64, f16, bf16, f32 or f64",
                  type.code, type.bits, type.lanes));
}

// An array that is lent, with all that its tensor points to.
struct Lent {
  Array array;
  Shape shape;
  Shape strides;
  DLManagedTensor tensor;
};

void give_back(DLManagedTensor* tensor) { delete static_cast<Lent*>(tensor->manager_ctx); }

void release(DLManagedTensor* tensor) {
  if (tensor->deleter != nullptr) tensor->deleter(tensor);
}

void check_tensor(const DLTensor& tensor) {
  if (tensor.device.device_type != kDLCPU) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("from_dlpack(): the tensor is on a device of type {}; it must be on the CPU, which is {}: copy "
                    "it there first",
                    static_cast<int>(tensor.device.device_type), static_cast<int>(kDLCPU)));
  }
  if (tensor.ndim < 0 || (tensor.ndim > 0 && tensor.shape == nullptr)) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("from_dlpack(): the tensor has {} axes and {} shape; a shape must be there for 0 axes or more",
                    tensor.ndim, tensor.shape == nullptr ? "no" : "a"));
  }
}

}  // namespace

DLManagedTensor* to_dlpack(const Array& array) {
  auto lent = std::make_unique<Lent>(Lent{array, array.shape(), array.strides(), {}});
  DLTensor& tensor = lent->tensor.dl_tensor;
  tensor.data = const_cast<void*>(array.data());
  tensor.device = {kDLCPU, 0};
  tensor.ndim = array.axes();
  tensor.dtype = dlpack_type(array.dtype());
  tensor.shape = lent->shape.data();
  tensor.strides = lent->strides.data();
  tensor.byte_offset = 0;
  lent->tensor.manager_ctx = lent.get();
  lent->tensor.deleter = give_back;
  return &lent.release()->tensor;
}

Array from_dlpack(DLManagedTensor* managed) {
  const DLTensor& tensor = managed->dl_tensor;
  check_tensor(tensor);
  const DType dtype = dtype_of(tensor.dtype);
  const Shape shape(tensor.shape, tensor.shape + tensor.ndim);
  array::checked_count(shape, dtype);
  const Shape strides = tensor.strides != nullptr ? Shape(tensor.strides, tensor.strides + tensor.ndim)
                                                  : array::contiguous_strides(shape);
  const auto* data = static_cast<const std::byte*>(tensor.data);
  if (data != nullptr) data += tensor.byte_offset;
  // Until all is well the memory is somebody else's.
  auto taken = std::make_shared<bool>(false);
  const std::shared_ptr<const void> owner(managed, [taken](DLManagedTensor* lent) {
    if (*taken) release(lent);
  });
  Array array = Array::borrow(data, dtype, shape, strides, owner);
  *taken = true;
  return array;
}

}  // namespace anneal
