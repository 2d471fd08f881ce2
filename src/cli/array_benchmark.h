// `anneal bench array`: how fast operations on arrays are.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "anneal/array.h"

namespace anneal::cli {

struct ArrayBenchmarkArguments {
  std::string operation = "all";
  std::int64_t size = std::int64_t{1} << 22;  ///< elements of each operand
  DType dtype = DType::f32;
  std::string backend = "cpu";
  int threads = 0;  ///< 0: all
  int repeats = 5;
};

/// Times are medians, in seconds.
struct ArrayMeasurement {
  std::string operation;
  Shape shape;                 ///< of the first operand
  double bytes = 0;            ///< of operands and results: what must be read and written once
  double multiplications = 0;  ///< of a product, else 0
  double seconds = 0;
  double overhead_seconds = 0;         ///< of the same with few elements
  std::optional<double> blas_seconds;  ///< of one call of BLAS that does the same

  double bytes_per_second() const { return bytes / seconds; }
  double flops() const { return 2 * multiplications / seconds; }  ///< multiplications and additions
};

struct ArrayBenchmarkReport {
  ArrayBenchmarkArguments arguments;  ///< threads: those that there were
  double copy_bytes_per_second = 0;   ///< read and written, by the backend's own copy of `size` elements
  std::vector<ArrayMeasurement> measurements;
};

/// Throws Error(invalid_argument) for an operation, dtype or backend that there is not, Error(unavailable) for one that
/// cannot be used, and Error(internal) where a result is not what the scalar backend finds.
ArrayBenchmarkReport run_array_benchmark(const ArrayBenchmarkArguments& arguments, const std::stop_token& stop);

std::string to_json(const ArrayBenchmarkReport& report);
std::string to_table(const ArrayBenchmarkReport& report);

}  // namespace anneal::cli
