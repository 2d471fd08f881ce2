#include "array/rates.h"

#include <fmt/core.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "array/backends.h"
#include "array/cpu/backend.h"
#include "array/gpu/gpu.h"
#include "array/samples.h"
#include "base/keyed_cache.h"

namespace anneal::array {
namespace {

using Clock = std::chrono::steady_clock;

// So many that a GPU is busy; of plain loops, fewer multiplications tell as much.
constexpr std::int64_t elements = 1 << 22;
constexpr std::int64_t multiplications = 1 << 27;
constexpr std::int64_t multiplications_of_loops = 1 << 21;
constexpr std::size_t copied_bytes = std::size_t{1} << 25;

// Once before it counts: kernels are compiled then, and operands copied.
template <class Work>
double seconds_of(Backend& backend, const Work& work) {
  work();
  backend.wait();
  double best = std::numeric_limits<double>::infinity();
  double all = 0;
  for (int k = 0; k < 4 && all < 0.2; ++k) {
    const auto begin = Clock::now();
    work();
    backend.wait();
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    best = std::min(best, seconds);
    all += seconds;
  }
  return best;
}

std::int64_t amount_of(const Backend& backend, Operation operation) {
  if (operation != Operation::matmul && operation != Operation::conv1d) return elements;
  return &backend == &cpu::scalar_backend() ? multiplications_of_loops : multiplications;
}

// Isolated from tasks of a caller's loop, which would be measured too, and use this backend.
template <class Measure>
double measured_by(Backend& backend, const Measure& measure) {
  return tbb::this_task_arena::isolate([&] {
    const UseBackend use(backend);
    return measure();
  });
}

double measured_rate(Backend& backend, Operation operation, DType dtype) {
  return measured_by(backend, [&] {
    const std::int64_t amount = amount_of(backend, operation);
    const Sample sample = sample_of(operation, dtype, amount, false);
    return static_cast<double>(amount) / seconds_of(backend, [&] { sample().evaluate(); });
  });
}

double measured_overhead(Backend& backend) {
  return measured_by(backend, [&] {
    const Sample sample = sample_of(operation_of(Op::add), DType::f32, 1, false);
    return seconds_of(backend, [&] { sample().evaluate(); });
  });
}

double measured_copy_rate(Backend& backend) {
  gpu::Gpu* const gpu = backend.memory();
  if (gpu == nullptr) return std::numeric_limits<double>::infinity();
  const std::vector<std::byte> host(copied_bytes);
  const auto there = gpu->allocate(copied_bytes);
  return static_cast<double>(copied_bytes) /
         seconds_of(backend, [&] { gpu->upload(there.get(), host.data(), copied_bytes); });
}

// Numbers by what they are of, in this process and in files.
class Store {
 public:
  double get(Backend& backend, const std::string& what, const std::function<double()>& measure) {
    const Key key{&backend, what};
    if (const double known = find(key); known > 0) return known;
    const std::scoped_lock one_at_a_time(measuring_);
    if (const double known = find(key); known > 0) return known;
    const std::string file_key =
        fmt::format("array rate\n{}\n{}\n{}\n{}\n", backend.name(), backend.identity(), what, base::build_identity());
    double number = parsed(files_.find(file_key).value_or(""));
    if (number <= 0) {
      number = measure();
      files_.store(file_key, fmt::format("{}", number));
    }
    const std::scoped_lock lock(mutex_);
    return numbers_[key] = number;
  }

 private:
  using Key = std::pair<const Backend*, std::string>;

  // 0 where there is none.
  double find(const Key& key) {
    const std::scoped_lock lock(mutex_);
    const auto known = numbers_.find(key);
    return known == numbers_.end() ? 0 : known->second;
  }
  static double parsed(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? number : 0;
  }

  base::KeyedCache files_ = base::KeyedCache::in_cache_dir("array_rates");
  std::recursive_mutex measuring_;  // what is measured may ask for other numbers
  std::mutex mutex_;
  std::map<Key, double> numbers_;
};

// Arrays may be computed until the very end of the process.
Store& store() {
  static Store& all = *new Store;
  return all;
}

std::string rate_name(Operation operation, DType dtype) {
  return fmt::format("{} {}", name_of(operation), name_of(dtype));
}

}  // namespace

double rate(Backend& backend, Operation operation, DType dtype) {
  return store().get(backend, rate_name(operation, dtype), [&] { return measured_rate(backend, operation, dtype); });
}

double overhead(Backend& backend) {
  return store().get(backend, "overhead", [&] { return measured_overhead(backend); });
}

double copy_rate(Backend& backend) {
  return store().get(backend, "copies", [&] { return measured_copy_rate(backend); });
}

}  // namespace anneal::array
