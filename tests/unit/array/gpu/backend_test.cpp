// Arrays by the public interface, on a GPU that is forced, and the choice between backends.
#include "array/gpu/backend.h"

#include <gmock/gmock.h>

#include "anneal/array_backend.h"
#include "anneal/array_ops.h"
#include "anneal/error.h"
#include "array/backends.h"
#include "array/choice.h"
#include "array/samples.h"
#include "array/validation.h"
#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ArrayGpuBackend : public ArrayGpuTest {
 protected:
  void SetUp() override {
    ArrayGpuTest::SetUp();
    if (!IsSkipped()) backend_ = gpu::make_backend(open());
  }
  void TearDown() override {
    backend_.reset();
    ArrayGpuTest::TearDown();
  }
  Backend& backend() { return *backend_; }

 private:
  std::unique_ptr<Backend> backend_;
};
INSTANTIATE_TEST_SUITE_P(On, ArrayGpuBackend, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(ArrayGpuBackend, ChainsStayThere) {
  const UseBackend use(backend());
  const Array a = Array::arange(1000, DType::f32);
  const Array scaled = (a * Array(2.0) + Array(1.0)).evaluate();
  EXPECT_TRUE(scaled.node()->is_in(backend().memory()));
  EXPECT_FALSE(scaled.node()->is_in(nullptr));
  const Array total = sum(scaled.reshape({10, 100}).transpose(), {.axes = {1}});
  EXPECT_TRUE(total.evaluate().node()->is_in(backend().memory()));
  EXPECT_FALSE(scaled.node()->is_in(nullptr));
  EXPECT_EQ(total.to_vector<float>()[0], 10 * 900 + 10);
}

TEST_P(ArrayGpuBackend, ViewsWithoutStridesAreCopiedThere) {
  const UseBackend use(backend());
  const Array a = (Array::arange(6, DType::i32) + Array(1)).evaluate();
  const Array flat = a.reshape({2, 3}).transpose().reshape({6});
  EXPECT_FALSE(flat.node()->is_in(nullptr));
  EXPECT_THAT(flat.to_vector<std::int32_t>(), ElementsAre(1, 4, 2, 5, 3, 6));
}

TEST_P(ArrayGpuBackend, OfWhatItHasComputedAnythingCanBeRead) {
  const UseBackend use(backend());
  const Array a = (Array::arange(5, DType::f32) * Array(3.0)).evaluate();
  EXPECT_EQ(sum(a).item(), 30);
  EXPECT_THAT(a.slice({{Slice{.first = {}, .last = {}, .step = -1}}}).to_vector<float>(), ElementsAre(12, 9, 6, 3, 0));
}

TEST_P(ArrayGpuBackend, OperationsAreRight) {
  const Validation of_f64 = gpu().has_f64() ? Validation::right : Validation::not_here;
  for (int k = 0; k < operation_count; ++k) {
    const auto operation = static_cast<Operation>(k);
    if (!is_defined(operation, DType::f32)) continue;
    EXPECT_EQ(validation(backend(), operation, DType::f32), Validation::right) << name_of(operation);
    if (operation == Operation::matmul) {
      EXPECT_EQ(validation(backend(), operation, DType::f16), Validation::right);
      EXPECT_EQ(validation(backend(), operation, DType::bf16), Validation::right);
    }
    EXPECT_EQ(validation(backend(), operation, DType::f64), of_f64) << name_of(operation);
  }
}

}  // namespace
}  // namespace anneal::array::gpu
