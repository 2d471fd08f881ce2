#include <memory>

#include "array/linalg/blas.h"
#include "arrays/task.h"

namespace anneal::bench {

template <class T>
std::optional<Prepared> prepare_openblas(const Task& task, const T* a, const T* b) {
  if (task.operation != "matmul") return std::nullopt;
  const std::int64_t side = task.size;
  const auto memory = std::make_shared<std::vector<T>>(static_cast<std::size_t>(side * side));
  const auto run = [=] {
    array::linalg::multiply_by_one_call<T>(side, {a, side}, {b, side}, memory->data(), task.threads);
  };
  return Prepared{.run = run,
                  .result = [memory] { return static_cast<const void*>(memory->data()); },
                  .bytes = side * side * static_cast<std::int64_t>(sizeof(T))};
}

template std::optional<Prepared> prepare_openblas(const Task&, const float*, const float*);
template std::optional<Prepared> prepare_openblas(const Task&, const double*, const double*);

}  // namespace anneal::bench
