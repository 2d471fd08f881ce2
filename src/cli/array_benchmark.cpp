#include "cli/array_benchmark.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <memory>

#include "anneal/array_backend.h"
#include "anneal/error.h"
#include "array/backends.h"
#include "array/cpu/evaluate.h"
#include "array/dtype.h"
#include "array/gpu/gpu.h"
#include "array/linalg/blas.h"
#include "array/of_values.h"
#include "array/samples.h"
#include "base/cpu.h"
#include "base/median.h"
#include "cli/array_workloads.h"

namespace anneal::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t few_elements = 64;
// What takes less is done several times, so that starting and waiting hardly count.
constexpr double shortest_seconds = 0.01;
constexpr std::size_t bytes_at_once = std::size_t{1} << 18;

template <class Call>
double seconds_of(const Call& call, int times) {
  const auto begin = Clock::now();
  for (int k = 0; k < times; ++k) call();
  wait_for_arrays();
  return std::chrono::duration<double>(Clock::now() - begin).count() / times;
}

// A call, what it takes each time, and how often it is done to be measured once.
class Timing {
 public:
  explicit Timing(std::function<void()> call) : call_(std::move(call)) {
    seconds_of(call_, 1);  // what is made at the first call is not measured
    times_ = std::clamp(static_cast<int>(shortest_seconds / std::max(seconds_of(call_, 1), 1e-9)), 1, 10'000);
  }
  void measure() { seconds_.push_back(seconds_of(call_, times_)); }
  double median() const { return base::median(seconds_); }

 private:
  std::function<void()> call_;
  int times_ = 1;
  std::vector<double> seconds_;
};

std::function<void()> computing(const ArrayWorkload& workload) {
  return [operands = workload.operands, compute = workload.compute] { compute(operands).evaluate(); };
}

// By as many threads as arrays have, or by the GPU.
std::function<void()> copying(std::size_t bytes, array::Backend& backend) {
  array::gpu::Gpu* const gpu = backend.memory();
  if (gpu != nullptr) {
    return [gpu, bytes, from = gpu->allocate(bytes), to = gpu->allocate(bytes)] {
      gpu->copy(to.get(), from.get(), bytes);
    };
  }
  return [bytes, from = std::make_shared<std::vector<std::byte>>(bytes, std::byte{1}),
          to = std::make_shared<std::vector<std::byte>>(bytes)] {
    array::cpu::array_queue().parallel_for((bytes + bytes_at_once - 1) / bytes_at_once, [&](std::size_t k) {
      std::memcpy(to->data() + k * bytes_at_once, from->data() + k * bytes_at_once,
                  std::min(bytes_at_once, bytes - k * bytes_at_once));
    });
  };
}

template <class T>
std::function<void()> multiplying(const ArrayWorkload& workload, int threads) {
  const std::int64_t side = workload.operands[0].shape()[0];
  return
      [=, operands = workload.operands, c = std::make_shared<std::vector<T>>(static_cast<std::size_t>(side * side))] {
        array::linalg::multiply_by_one_call<T>(side, {static_cast<const T*>(operands[0].data()), side},
                                               {static_cast<const T*>(operands[1].data()), side}, c->data(), threads);
      };
}

// By the GPU's own library, as it is called.
std::optional<Timing> library_timing(const ArrayWorkload& workload, array::gpu::Gpu& gpu) {
  const std::int64_t side = workload.operands[0].shape()[0];
  const DType dtype = workload.operands[0].dtype();
  if (!gpu.has_library() || !array::is_float(dtype)) return std::nullopt;
  return Timing([&gpu, side, dtype, operands = workload.operands,
                 c = gpu.allocate(static_cast<std::size_t>(side * side) * size_of(dtype))] {
    const bool is_done = gpu.multiply({.dtype = dtype,
                                       .rows = side,
                                       .columns = side,
                                       .inner = side,
                                       .a = array::elements_of(operands[0], &gpu).data,
                                       .b = array::elements_of(operands[1], &gpu).data,
                                       .c = c.get(),
                                       .a_leading = side,
                                       .b_leading = side});
    if (!is_done) throw Error(ErrorCode::device_failed, "the library of " + gpu.name() + " multiplies no matrices");
  });
}

// `host` and `resident` are the same operands.
std::optional<Timing> blas_timing(const ArrayWorkload& host, const ArrayWorkload& resident,
                                  const array::Backend& backend, int threads) {
  if (!host.is_matrix_product) return std::nullopt;
  if (backend.memory() != nullptr) return library_timing(resident, *backend.memory());
  const ArrayWorkload& workload = host;
  const DType dtype = workload.operands[0].dtype();
  if (dtype == DType::f32) return Timing(multiplying<float>(workload, threads));
  if (dtype == DType::f64) return Timing(multiplying<double>(workload, threads));
  return std::nullopt;
}

// Some rows of a product, which take long by plain loops.
Array first_rows(const Array& a) {
  const Slice rows{.last = std::min<std::int64_t>(8, a.shape()[0])};
  return a.slice({&rows, 1});
}

Array by_plain_loops(const ArrayWorkload& workload) {
  const array::UseBackend scalar(array::backend_named("scalar"));
  std::vector<Array> operands = workload.operands;
  if (workload.is_matrix_product) operands[0] = first_rows(operands[0]);
  return workload.compute(operands).evaluate();
}

bool is_close(const Array& result, const Array& right) {
  if (result.shape() != right.shape() || result.dtype() != right.dtype()) return false;
  const std::vector<double> values = cast(result, DType::f64).to_vector<double>();
  const std::vector<double> wanted = cast(right, DType::f64).to_vector<double>();
  const double tolerance = array::sample_tolerance(right.dtype());
  for (std::size_t k = 0; k < values.size(); ++k) {
    // Sums of f16 may be infinite.
    const bool is_same = values[k] == wanted[k] || (std::isnan(values[k]) && std::isnan(wanted[k]));
    if (!is_same && (std::isinf(wanted[k]) || !(std::fabs(values[k] - wanted[k]) <= tolerance * std::fabs(wanted[k]))))
      return false;
  }
  return true;
}

// What copies and products are compared on: of auto, the CPU.
array::Backend& backend_for(const std::string& name) try {
  return array::backend_named(name == "auto" ? "cpu" : name);
} catch (const Error& error) {
  if (error.code() != ErrorCode::invalid_argument) throw;
  throw Error(ErrorCode::invalid_argument, fmt::format("--backend '{}' computes no arrays: there are auto, {}", name,
                                                       fmt::join(array_backends(), ", ")));
}

// Operands on the host, and where they are measured.
struct Pools {
  ArrayPool host;
  ArrayPool resident;
  ArrayPool few;
};

Pools make_pools(const ArrayBenchmarkArguments& arguments) {
  const array::UseBackend host(array::backend_named("cpu"));
  const std::string memory = arguments.backend == "auto" ? "cpu" : arguments.backend;
  ArrayPool large = make_array_pool(arguments.dtype, arguments.size);
  ArrayPool resident = large.copied_to(memory);
  return {std::move(large), std::move(resident), make_array_pool(arguments.dtype, few_elements).copied_to(memory)};
}

class Measured {
 public:
  Measured(std::string_view name, const Pools& pools, const ArrayBenchmarkArguments& arguments,
           const array::Backend& backend)
      : host_(workload_on_host(name, pools)), workload_(make_array_workload(name, pools.resident)),
        bytes_(workload_.bytes() + check(arguments)), large_(computing(workload_)),
        few_(computing(make_array_workload(name, pools.few))),
        blas_(blas_timing(host_, workload_, backend, arguments.threads)) {}

  void measure() {
    large_.measure();
    few_.measure();
    if (blas_) blas_->measure();
  }

  ArrayMeasurement result() const {
    return {.operation = std::string(workload_.name),
            .shape = workload_.operands[0].shape(),
            .bytes = bytes_,
            .multiplications = workload_.multiplications,
            .seconds = large_.median(),
            .overhead_seconds = few_.median(),
            .blas_seconds = blas_ ? std::optional(blas_->median()) : std::nullopt};
  }

 private:
  static ArrayWorkload workload_on_host(std::string_view name, const Pools& pools) {
    const array::UseBackend host(array::backend_named("cpu"));
    return make_array_workload(name, pools.host);
  }

  // Returns the bytes of the result.
  double check(const ArrayBenchmarkArguments& arguments) const {
    const Array result = workload_.compute(workload_.operands).evaluate();
    const array::UseBackend host(array::backend_named("cpu"));
    if (!is_close(workload_.is_matrix_product ? first_rows(result) : result, by_plain_loops(host_))) {
      throw Error(ErrorCode::internal,
                  fmt::format("{} of {} by {} differs from what plain loops find; please report this", workload_.name,
                              name_of(arguments.dtype), arguments.backend));
    }
    return static_cast<double>(result.size()) * static_cast<double>(size_of(result.dtype()));
  }

  ArrayWorkload host_;
  ArrayWorkload workload_;
  double bytes_;
  Timing large_;
  Timing few_;
  std::optional<Timing> blas_;
};

}  // namespace

ArrayBenchmarkReport run_array_benchmark(const ArrayBenchmarkArguments& arguments, const std::stop_token& stop) {
  ArrayBenchmarkReport report{.arguments = arguments};
  if (report.arguments.threads == 0) report.arguments.threads = base::usable_processors();
  const auto names = array_workload_names(arguments.operation, arguments.dtype);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(report.arguments.threads));
  array::Backend& backend = backend_for(arguments.backend);
  set_array_backend(arguments.backend);
  const auto go_on = [&stop] {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
  };
  const Pools pools = make_pools(report.arguments);
  std::vector<Measured> all;
  for (const std::string_view name : names) {
    go_on();
    all.emplace_back(name, pools, report.arguments, backend);
  }
  const std::size_t bytes = static_cast<std::size_t>(arguments.size) * size_of(arguments.dtype);
  Timing copy(copying(bytes, backend));
  for (int k = 0; k < arguments.repeats; ++k) {
    copy.measure();
    for (Measured& each : all) {
      go_on();
      each.measure();
    }
  }
  report.copy_bytes_per_second = 2 * static_cast<double>(bytes) / copy.median();
  for (const Measured& each : all) report.measurements.push_back(each.result());
  return report;
}

}  // namespace anneal::cli
