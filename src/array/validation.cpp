#include "array/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
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
  const UseBackend use(backend);
  std::vector<Array> results;
  for (const Sample& sample : samples_of_layouts(operation, dtype)) results.push_back(sample().evaluate());
  results.push_back(sample_of(operation, dtype, elements, true)().evaluate());
  backend.wait();
  return results;
}

bool is_close(const Array& result, const Array& right, double terms) {
  if (result.shape() != right.shape() || result.dtype() != right.dtype()) return false;
  const std::vector<double> values = cast(result, DType::f64).to_vector<double>();
  const std::vector<double> wanted = cast(right, DType::f64).to_vector<double>();
  const double tolerance = sample_tolerance(right.dtype());
  // f16 and bf16 are added up in f32.
  const double error_of_terms = std::min(tolerance, sample_tolerance(DType::f32)) * terms;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k] == wanted[k] || (std::isnan(values[k]) && std::isnan(wanted[k]))) continue;
    if (!(std::fabs(values[k] - wanted[k]) <= tolerance * (std::fabs(wanted[k]) + 0x1p-100) + error_of_terms))
      return false;
  }
  return true;
}

bool is_right(Backend& backend, Operation operation, DType dtype) try {
  const std::vector<Array> results = computed_by(backend, operation, dtype);
  const UseBackend use(cpu::scalar_backend());
  const std::vector<Array> right = computed_by(cpu::scalar_backend(), operation, dtype);
  for (std::size_t k = 0; k < right.size(); ++k) {
    if (!is_close(results[k], right[k], size_of_terms(operation, elements))) return false;
  }
  return true;
} catch (const Error&) {
  return false;  // what it cannot do is not done by it
}

// Of one backend, by operation and dtype.
struct Known {
  std::mutex mutex;                                                        // held while one is found out
  std::array<std::array<std::atomic<int>, 9>, operation_count> answers{};  // 0: not known, else 1 + the Validation
};

Known& known_of(const Backend& backend) {
  static std::mutex mutex;
  static std::map<const Backend*, std::unique_ptr<Known>> all;
  const std::scoped_lock lock(mutex);
  auto& known = all[&backend];
  if (known == nullptr) known = std::make_unique<Known>();
  return *known;
}

Validation find_out(Backend& backend, Operation operation, DType dtype) {
  if (!is_defined(operation, dtype)) return Validation::not_defined;
  if (!backend.has(dtype)) return Validation::not_here;
  if (&backend == &cpu::scalar_backend()) return Validation::right;
  const auto check = [&] { return is_right(backend, operation, dtype); };
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
  if (answer == 0) answer = 1 + static_cast<int>(find_out(backend, operation, dtype));
  return static_cast<Validation>(answer - 1);
}

}  // namespace anneal::array
