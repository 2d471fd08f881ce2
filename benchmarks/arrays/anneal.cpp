#include <memory>

#include "anneal/array.h"
#include "anneal/array_ops.h"
#include "arrays/task.h"

namespace anneal::bench {
namespace {

Array computed(const std::string& operation, const Array& a, const Array& b) {
  if (operation == "add") return a + b;
  if (operation == "exp") return exponential(a);
  if (operation == "sigmoid") return sigmoid(a);
  if (operation == "sum") return sum(a);
  if (operation == "chain") return relu(hyperbolic_tangent(exponential(a * 2.0 + 1.0)));
  return matmul(a, b);
}

}  // namespace

template <class T>
std::optional<Prepared> prepare_anneal(const Task& task, const T* a, const T* b) {
  const DType dtype = sizeof(T) == 4 ? DType::f32 : DType::f64;
  const bool is_product = task.operation == "matmul";
  const Shape shape = is_product ? Shape{task.size, task.size} : Shape{task.size};
  const Shape strides = is_product ? Shape{task.size, 1} : Shape{1};
  const auto result = std::make_shared<Array>();
  const Array left = Array::borrow(a, dtype, shape, strides, nullptr);
  const Array right = Array::borrow(b, dtype, shape, strides, nullptr);
  return Prepared{.run = [=] { *result = computed(task.operation, left, right).evaluate(); },
                  .result = [=] { return result->data(); },
                  .results = task.operation == "sum" ? 1 : left.size()};
}

template std::optional<Prepared> prepare_anneal(const Task&, const float*, const float*);
template std::optional<Prepared> prepare_anneal(const Task&, const double*, const double*);

}  // namespace anneal::bench
