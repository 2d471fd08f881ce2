// An operation as a library does it: what bench_arrays times.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace anneal::bench {

struct Task {
  /// "add", "exp", "sigmoid", "sum", "argmax", "chain": relu(tanh(exp(2a+1))), "fused": sigmoid(a*b+c) with c = a-b, or
  /// "matmul"
  std::string operation;
  std::string dtype;  ///< what operands are computed as: "f32", "f64", "f16" or "bf16"; results of the latter are f32
  std::int64_t size = 0;  ///< elements of each operand; of matmul the side
  int threads = 1;
  std::string backend;  ///< of anneal, where operands are then, too; empty: any, and operands are on the host
};

/// With its operands.
struct Prepared {
  std::function<void()> run;
  std::function<const void*()> result;  ///< of the last run
  std::int64_t bytes = 0;               ///< of the result
  std::function<void()> wait = [] {};   ///< until what was run is done
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
