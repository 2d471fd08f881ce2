#include "array/backends.h"

#include <gmock/gmock.h>

#include "anneal/array_backend.h"
#include "anneal/error.h"
#include "array/choice.h"
#include "array/cpu/backend.h"
#include "array/samples.h"
#include "array/validation.h"

namespace anneal::array {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr int dtype_count = 9;

template <class Work>
void expect_error(ErrorCode code, const std::string& part, const Work& work) {
  try {
    work();
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_THAT(error.what(), HasSubstr(part));
  }
}

// Computes on the CPU, but of what it computes the last element is another one.
class WrongBackend final : public Backend {
 public:
  const std::string& name() const override { return name_; }
  gpu::Gpu* memory() const override { return nullptr; }
  std::string identity() const override { return name_; }
  bool has(DType dtype) const override { return dtype != DType::f64; }
  void wait() override {}
  Values evaluate(Node& node) override { return spoiled(right_.evaluate(node)); }
  Values matmul(const Strided& a, const Strided& b, const ProductEpilogue& epilogue) override {
    return spoiled(right_.matmul(a, b, epilogue));
  }
  Values conv1d(const Strided& a, const Strided& kernels, const linalg::Steps& steps) override {
    return spoiled(right_.conv1d(a, kernels, steps));
  }
  Values concatenate(std::span<const Strided> parts, int axis) override {
    return spoiled(right_.concatenate(parts, axis));
  }
  Values stack(std::span<const Strided> parts, int axis) override { return spoiled(right_.stack(parts, axis)); }
  Values gather(const Strided& a, const Strided& indices, int axis) override {
    return spoiled(right_.gather(a, indices, axis));
  }
  Values sort(const Strided& a, int axis) override { return spoiled(right_.sort(a, axis)); }
  Values argsort(const Strided& a, int axis) override { return spoiled(right_.argsort(a, axis)); }
  std::pair<Values, Values> top_k(const Strided& a, std::int64_t count, int axis) override {
    auto [values, places] = right_.top_k(a, count, axis);
    return {spoiled(std::move(values)), std::move(places)};
  }
  Values cumulative_sum(const Strided& a, int axis) override { return spoiled(right_.cumulative_sum(a, axis)); }

 private:
  static Values spoiled(Values values) {
    std::int64_t last = 0;
    for (std::size_t axis = 0; axis < values.elements.shape.size(); ++axis) {
      last += (values.elements.shape[axis] - 1) * values.elements.strides[axis];
    }
    const auto size = static_cast<std::int64_t>(size_of(values.elements.dtype));
    // Of a float the exponent, of a boolean its only bit.
    const bool is_boolean = values.elements.dtype == DType::boolean;
    auto& byte = const_cast<std::byte&>(values.elements.data[(last + 1) * size - 1]);
    byte = is_boolean ? byte ^ std::byte{1} : byte ^ std::byte{0x40};
    return values;
  }

  std::string name_ = "wrong";
  Backend& right_ = cpu::vector_backend();
};

class AllOperations : public testing::TestWithParam<int> {
 protected:
  Operation operation() const { return static_cast<Operation>(GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(ArrayBackends, AllOperations, testing::Range(0, operation_count),
                         [](const testing::TestParamInfo<int>& tested) {
                           return std::string(name_of(static_cast<Operation>(tested.param)));
                         });

TEST_P(AllOperations, OfTheCpuAreAsScalarComputesThem) {
  for (int dtype = 0; dtype < dtype_count; ++dtype) {
    const auto of = static_cast<DType>(dtype);
    EXPECT_EQ(validation(cpu::vector_backend(), operation(), of),
              is_defined(operation(), of) ? Validation::right : Validation::not_defined)
        << name_of(of);
  }
}

TEST_P(AllOperations, WrongOnesAreFound) {
  static WrongBackend wrong;
  for (int dtype = 0; dtype < dtype_count; ++dtype) {
    const auto of = static_cast<DType>(dtype);
    const Validation expected = !is_defined(operation(), of) ? Validation::not_defined
                                : of == DType::f64           ? Validation::not_here
                                                             : Validation::wrong;
    EXPECT_EQ(validation(wrong, operation(), of), expected) << name_of(of);
  }
}

class ArrayBackends : public testing::Test {
 protected:
  void TearDown() override { set_array_backend("auto"); }
};

TEST_F(ArrayBackends, CanBeForced) {
  EXPECT_EQ(array_backend(), "auto");
  EXPECT_THAT(array_backends(), testing::IsSupersetOf({"cpu", "scalar"}));
  for (const char* name : {"scalar", "cpu"}) {
    set_array_backend(name);
    EXPECT_EQ(array_backend(), name);
    EXPECT_EQ(&choose_backend(*add(Array::zeros({10}, DType::f32), Array(1.0)).node()), &backend_named(name));
    EXPECT_THAT((Array::arange(3, DType::f32) * Array(2.0)).to_vector<float>(), ElementsAre(0, 2, 4));
  }
}

TEST_F(ArrayBackends, OfOneThreadOnly) {
  const UseBackend use(cpu::scalar_backend());
  EXPECT_EQ(&choose_backend(*add(Array::zeros({10}, DType::f32), Array(1.0)).node()), &cpu::scalar_backend());
  EXPECT_EQ(array_backend(), "auto");
}

TEST_F(ArrayBackends, NamesAreChecked) {
  expect_error(ErrorCode::invalid_argument, "'abacus'", [] { set_array_backend("abacus"); });
  expect_error(ErrorCode::invalid_argument, "abacus", [] { copied_to(Array(1.0), "abacus"); });
  EXPECT_EQ(array_backend(), "auto");
}

TEST_F(ArrayBackends, CopiesAreTheSameValues) {
  const Array a = Array::arange(6, DType::i32).reshape({2, 3}).transpose();
  EXPECT_EQ(copied_to(a, "cpu").to_vector<std::int32_t>(), a.to_vector<std::int32_t>());
}

}  // namespace
}  // namespace anneal::array
