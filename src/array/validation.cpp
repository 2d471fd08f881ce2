#include "array/validation.h"

#include <fmt/core.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "anneal/error.h"
#include "array/backends.h"
#include "array/cpu/backend.h"
#include "array/samples.h"
#include "device/self_test_cache.h"

namespace anneal::array {
namespace {

constexpr std::int64_t elements = 3000;

std::vector<Array> computed_by(Backend& backend, Operation operation, DType dtype) {
  std::vector<Array> results;
  // Not to do other tasks of a caller's loop meanwhile, which would use this backend, too.
  tbb::this_task_arena::isolate([&] {
    const UseBackend use(backend);
    for (const Sample& sample : samples_of_layouts(operation, dtype)) results.push_back(sample().evaluate());
    results.push_back(sample_of(operation, dtype, elements, true)().evaluate());
    backend.wait();
  });
  return results;
}

// What differs, if anything does.
std::string difference(const Array& result, const Array& right, double terms) {
  if (result.shape() != right.shape() || result.dtype() != right.dtype()) return "another shape or dtype";
  const std::vector<double> values = cast(result, DType::f64).to_vector<double>();
  const std::vector<double> wanted = cast(right, DType::f64).to_vector<double>();
  const double tolerance = sample_tolerance(right.dtype());
  // f16 and bf16 are added up in f32.
  const double error_of_terms = std::min(tolerance, sample_tolerance(DType::f32)) * terms;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k] == wanted[k] || (std::isnan(values[k]) && std::isnan(wanted[k]))) continue;
    if (std::isinf(wanted[k]) ||
        !(std::fabs(values[k] - wanted[k]) <= tolerance * (std::fabs(wanted[k]) + 0x1p-100) + error_of_terms))
      return fmt::format("{} instead of {} at {}", values[k], wanted[k], k);
  }
  return "";
}

// Empty where it is right.
std::string what_is_wrong(Backend& backend, Operation operation, DType dtype) try {
  const std::vector<Array> results = computed_by(backend, operation, dtype);
  const std::vector<Array> right = computed_by(cpu::scalar_backend(), operation, dtype);
  const UseBackend use(cpu::scalar_backend());
  for (std::size_t k = 0; k < right.size(); ++k) {
    const std::string found = difference(results[k], right[k], size_of_terms(operation, elements));
    if (!found.empty()) return fmt::format("its results are not those of scalar ({}, sample {})", found, k);
  }
  return "";
} catch (const Error& error) {
  if (error.code() == ErrorCode::out_of_memory) throw;
  return error.what();
}

// Of one backend, by operation and dtype.
struct Known {
  static constexpr std::size_t dtypes = static_cast<std::size_t>(DType::f64) + 1;
  std::mutex mutex;  // held while one is found out, and for `reasons`
  // 0: not known, else 1 + the Validation
  std::array<std::array<std::atomic<int>, dtypes>, operation_count> answers{};
  std::map<std::pair<Operation, DType>, std::string> reasons;
};

Known& known_of(const Backend& backend) {
  // Arrays may be computed until the very end of the process.
  static std::mutex& mutex = *new std::mutex;
  static auto& all = *new std::map<const Backend*, std::unique_ptr<Known>>;
  const std::scoped_lock lock(mutex);
  auto& known = all[&backend];
  if (known == nullptr) known = std::make_unique<Known>();
  return *known;
}

Validation find_out(Known& known, Backend& backend, Operation operation, DType dtype) {
  if (!is_defined(operation, dtype)) return Validation::not_defined;
  if (!backend.has(dtype)) return Validation::not_here;
  if (&backend == &cpu::scalar_backend()) return Validation::right;
  const auto check = [&] {
    std::string reason = what_is_wrong(backend, operation, dtype);
    const bool passes = reason.empty();
    if (!passes) known.reasons[{operation, dtype}] = std::move(reason);
    return passes;
  };
  // The CPU's take less time than a file.
  const bool passes = backend.memory() == nullptr
                          ? check()
                          : device::SelfTestCache::shared().passes(
                                fmt::format("array {} {} {}", backend.name(), name_of(operation), name_of(dtype)),
                                backend.identity(), check);
  return passes ? Validation::right : Validation::wrong;
}

}  // namespace

Validation validation(Backend& backend, Operation operation, DType dtype) {
  Known& known = known_of(backend);
  std::atomic<int>& answer = known.answers[static_cast<std::size_t>(operation)][static_cast<std::size_t>(dtype)];
  if (const int found = answer; found != 0) return static_cast<Validation>(found - 1);
  const std::scoped_lock lock(known.mutex);
  if (answer == 0) answer = 1 + static_cast<int>(find_out(known, backend, operation, dtype));
  return static_cast<Validation>(answer - 1);
}

std::string why_wrong(Backend& backend, Operation operation, DType dtype) {
  Known& known = known_of(backend);
  const std::scoped_lock lock(known.mutex);
  const auto reason = known.reasons.find({operation, dtype});
  return reason == known.reasons.end() ? "it was not right before" : reason->second;
}

}  // namespace anneal::array
