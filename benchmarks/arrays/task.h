// An operation as a library does it: what bench_arrays times.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace anneal::bench {

struct Task {
  std::string operation;  ///< "add", "exp", "sigmoid", "sum", "chain" (relu(tanh(exp(2x+1)))) or "matmul"
  std::int64_t size = 0;  ///< elements of each operand; of matmul the side
  int threads = 1;
};

/// With its operands.
struct Prepared {
  std::function<void()> run;
  std::function<const void*()> result;  ///< of the last run
  std::int64_t results = 0;             ///< elements
};

/// Nothing where the library, or this comparison, does not do it. T is float or double, and `a` and `b` live on.
template <class T>
using Prepare = std::optional<Prepared> (*)(const Task& task, const T* a, const T* b);

template <class T>
std::optional<Prepared> prepare_anneal(const Task& task, const T* a, const T* b);
template <class T>
std::optional<Prepared> prepare_eigen(const Task& task, const T* a, const T* b);
template <class T>
std::optional<Prepared> prepare_openblas(const Task& task, const T* a, const T* b);

}  // namespace anneal::bench
