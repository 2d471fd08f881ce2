#include <memory>

#include "anneal/array.h"
#include "anneal/array_backend.h"
#include "anneal/array_ops.h"
#include "arrays/task.h"

namespace anneal::bench {
namespace {

struct Operands {
  Array a, b, c;
};

Array computed(const std::string& operation, const Operands& of) {
  if (operation == "add") return of.a + of.b;
  if (operation == "exp") return exponential(of.a);
  if (operation == "sigmoid") return sigmoid(of.a);
  if (operation == "sum") return sum(of.a);
  if (operation == "argmax") return argmax(of.a);
  if (operation == "chain") return relu(hyperbolic_tangent(exponential(of.a * 2.0 + 1.0)));
  if (operation == "fused") return sigmoid(of.a * of.b + of.c);
  return matmul(of.a, of.b);
}

DType dtype_of(const std::string& name) {
  if (name == "f16") return DType::f16;
  if (name == "bf16") return DType::bf16;
  return name == "f64" ? DType::f64 : DType::f32;
}

Array placed(const Array& a, const Task& task) {
  const Array values = cast(a, dtype_of(task.dtype)).evaluate();
  return task.backend.empty() ? values : copied_to(values, task.backend);
}

}  // namespace

template <class T>
std::optional<Prepared> prepare_anneal(const Task& task, const T* a, const T* b) {
  const DType dtype = sizeof(T) == 4 ? DType::f32 : DType::f64;
  const bool is_product = task.operation == "matmul";
  const Shape shape = is_product ? Shape{task.size, task.size} : Shape{task.size};
  const Shape strides = is_product ? Shape{task.size, 1} : Shape{1};
  Operands operands{placed(Array::borrow(a, dtype, shape, strides, nullptr), task),
                    placed(Array::borrow(b, dtype, shape, strides, nullptr), task),
                    {}};
  if (task.operation == "fused") operands.c = (operands.a - operands.b).evaluate();
  const auto last = std::make_shared<Array>();
  const auto on_host = std::make_shared<Array>();
  const auto run = [=] { *last = computed(task.operation, operands).evaluate(); };
  const auto result = [=] {
    *on_host = last->dtype() == DType::i64 ? *last : cast(*last, dtype);
    return on_host->data();
  };
  const bool is_one = task.operation == "sum" || task.operation == "argmax";
  const std::int64_t element = task.operation == "argmax" ? 8 : static_cast<std::int64_t>(sizeof(T));
  return Prepared{.run = run, .result = result, .bytes = (is_one ? 1 : operands.a.size()) * element, .wait = [] {
                    wait_for_arrays();
                  }};
}

template std::optional<Prepared> prepare_anneal(const Task&, const float*, const float*);
template std::optional<Prepared> prepare_anneal(const Task&, const double*, const double*);

}  // namespace anneal::bench
