// Eigen's tensors, which use threads; its products use BLAS or do not, and are left out.
#define EIGEN_USE_THREADS
#include <memory>
#include <unsupported/Eigen/CXX11/Tensor>

#include "arrays/task.h"

namespace anneal::bench {
namespace {

struct Threads {
  explicit Threads(int count) : pool(count), device(&pool, count) {}
  Eigen::ThreadPool pool;
  Eigen::ThreadPoolDevice device;
};

Threads& threads(int count) {
  static Threads all(count);
  return all;
}

template <class T>
using Vector = Eigen::TensorMap<Eigen::Tensor<T, 1>>;
template <class T>
using Operand = Eigen::TensorMap<const Eigen::Tensor<const T, 1>>;

}  // namespace

template <class T>
std::optional<Prepared> prepare_eigen(const Task& task, const T* left, const T* right) {
  for (const char* other : {"matmul", "argmax", "fused"}) {
    if (task.operation == other) return std::nullopt;
  }
  const std::string operation = task.operation;
  const Operand<T> a(left, task.size), b(right, task.size);
  const Eigen::ThreadPoolDevice& device = threads(task.threads).device;
  const auto memory = std::make_shared<std::vector<T>>(static_cast<std::size_t>(task.size));
  const auto run = [=, &device] {
    Vector<T> c(memory->data(), task.size);
    if (operation == "add") {
      c.device(device) = a + b;
    } else if (operation == "exp") {
      c.device(device) = a.exp();
    } else if (operation == "sigmoid") {
      c.device(device) = a.sigmoid();
    } else if (operation == "chain") {
      c.device(device) = (a * T(2) + T(1)).exp().tanh().cwiseMax(T(0));
    } else {
      Eigen::TensorMap<Eigen::Tensor<T, 0>> total(memory->data());
      total.device(device) = a.sum();
    }
  };
  return Prepared{.run = run,
                  .result = [memory] { return static_cast<const void*>(memory->data()); },
                  .bytes = (operation == "sum" ? 1 : task.size) * static_cast<std::int64_t>(sizeof(T))};
}

template std::optional<Prepared> prepare_eigen(const Task&, const float*, const float*);
template std::optional<Prepared> prepare_eigen(const Task&, const double*, const double*);

}  // namespace anneal::bench
