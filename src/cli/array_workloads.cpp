#include "cli/array_workloads.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "anneal/array_backend.h"
#include "anneal/array_ops.h"
#include "anneal/error.h"
#include "array/dtype.h"

namespace anneal::cli {
namespace {

// What the operands are.
enum class Form {
  one,  // so many arrays with one axis
  two,
  three,
  choice,  // a condition and two arrays
  rows,    // one of rows of 1,024
  square,
  places,   // an array, and as many places in it
  signal,   // 16 channels, and 16 kernels of 5 taps
  product,  // two square matrices
};

struct Entry {
  std::string_view name;
  Form form;
  Array (*compute)(ArrayOperands a);
  DType least = DType::boolean;  // dtypes that have it, from this one on
};

Array chain(const Array& a) { return relu(hyperbolic_tangent(exponential(a * 2.0 + 1.0))); }
Array as_other(const Array& a) { return cast(a, array::is_float(a.dtype()) ? DType::i32 : DType::f32); }
Array largest(const Array& a) { return top_k(a, std::min<std::int64_t>(10, a.shape().back())).first; }

constexpr DType of_numbers = DType::u8;
constexpr DType of_floats = DType::f16;
constexpr Entry entries[] = {
    {"add", Form::two, [](ArrayOperands a) { return add(a[0], a[1]); }},
    {"subtract", Form::two, [](ArrayOperands a) { return subtract(a[0], a[1]); }, of_numbers},
    {"multiply", Form::two, [](ArrayOperands a) { return multiply(a[0], a[1]); }},
    {"divide", Form::two, [](ArrayOperands a) { return divide(a[0], a[1]); }},
    {"power", Form::two, [](ArrayOperands a) { return power(a[0], a[1]); }, of_numbers},
    {"modulo", Form::two, [](ArrayOperands a) { return modulo(a[0], a[1]); }, of_numbers},
    {"minimum", Form::two, [](ArrayOperands a) { return minimum(a[0], a[1]); }},
    {"maximum", Form::two, [](ArrayOperands a) { return maximum(a[0], a[1]); }},
    {"equal", Form::two, [](ArrayOperands a) { return equal(a[0], a[1]); }},
    {"not_equal", Form::two, [](ArrayOperands a) { return not_equal(a[0], a[1]); }},
    {"less", Form::two, [](ArrayOperands a) { return less(a[0], a[1]); }},
    {"less_equal", Form::two, [](ArrayOperands a) { return less_equal(a[0], a[1]); }},
    {"greater", Form::two, [](ArrayOperands a) { return greater(a[0], a[1]); }},
    {"greater_equal", Form::two, [](ArrayOperands a) { return greater_equal(a[0], a[1]); }},
    {"where", Form::choice, [](ArrayOperands a) { return where(a[0], a[1], a[2]); }},
    {"clip", Form::one, [](ArrayOperands a) { return clip(a[0], 0, 1); }},
    {"cast", Form::one, [](ArrayOperands a) { return as_other(a[0]); }},
    {"negative", Form::one, [](ArrayOperands a) { return negative(a[0]); }, of_numbers},
    {"absolute", Form::one, [](ArrayOperands a) { return absolute(a[0]); }},
    {"sign", Form::one, [](ArrayOperands a) { return sign(a[0]); }, of_numbers},
    {"square_root", Form::one, [](ArrayOperands a) { return square_root(a[0]); }, of_floats},
    {"reciprocal_square_root", Form::one, [](ArrayOperands a) { return reciprocal_square_root(a[0]); }, of_floats},
    {"exponential", Form::one, [](ArrayOperands a) { return exponential(a[0]); }, of_floats},
    {"logarithm", Form::one, [](ArrayOperands a) { return logarithm(a[0]); }, of_floats},
    {"log1p", Form::one, [](ArrayOperands a) { return log1p(a[0]); }, of_floats},
    {"expm1", Form::one, [](ArrayOperands a) { return expm1(a[0]); }, of_floats},
    {"sine", Form::one, [](ArrayOperands a) { return sine(a[0]); }, of_floats},
    {"cosine", Form::one, [](ArrayOperands a) { return cosine(a[0]); }, of_floats},
    {"tangent", Form::one, [](ArrayOperands a) { return tangent(a[0]); }, of_floats},
    {"hyperbolic_tangent", Form::one, [](ArrayOperands a) { return hyperbolic_tangent(a[0]); }, of_floats},
    {"error_function", Form::one, [](ArrayOperands a) { return error_function(a[0]); }, of_floats},
    {"sigmoid", Form::one, [](ArrayOperands a) { return sigmoid(a[0]); }, of_floats},
    {"gelu", Form::one, [](ArrayOperands a) { return gelu(a[0]); }, of_floats},
    {"silu", Form::one, [](ArrayOperands a) { return silu(a[0]); }, of_floats},
    {"floor", Form::one, [](ArrayOperands a) { return floor(a[0]); }},
    {"ceil", Form::one, [](ArrayOperands a) { return ceil(a[0]); }},
    {"round", Form::one, [](ArrayOperands a) { return round(a[0]); }},
    {"relu", Form::one, [](ArrayOperands a) { return relu(a[0]); }},
    {"sigmoid(a*b+c)", Form::three, [](ArrayOperands a) { return sigmoid(a[0] * a[1] + a[2]); }, of_floats},
    {"relu(tanh(exp(2x+1)))", Form::one, [](ArrayOperands a) { return chain(a[0]); }, of_floats},
    {"add_transposed", Form::square, [](ArrayOperands a) { return a[0] + a[0].transpose(); }},
    {"sum", Form::one, [](ArrayOperands a) { return sum(a[0]); }},
    {"sum_of_rows", Form::rows, [](ArrayOperands a) { return sum(a[0], {.axes = {1}}); }},
    {"sum_of_columns", Form::rows, [](ArrayOperands a) { return sum(a[0], {.axes = {0}}); }},
    {"sum_transposed", Form::square, [](ArrayOperands a) { return sum(a[0].transpose()); }},
    {"prod_of_rows", Form::rows, [](ArrayOperands a) { return prod(a[0], {.axes = {1}}); }},
    {"mean", Form::one, [](ArrayOperands a) { return mean(a[0]); }},
    {"var", Form::one, [](ArrayOperands a) { return var(a[0]); }},
    {"min", Form::one, [](ArrayOperands a) { return min(a[0]); }},
    {"max", Form::one, [](ArrayOperands a) { return max(a[0]); }},
    {"argmin", Form::one, [](ArrayOperands a) { return argmin(a[0]); }},
    {"argmax", Form::one, [](ArrayOperands a) { return argmax(a[0]); }},
    {"any", Form::one, [](ArrayOperands a) { return any(a[0]); }},
    {"all", Form::one, [](ArrayOperands a) { return all(a[0]); }},
    {"softmax", Form::rows, [](ArrayOperands a) { return softmax(a[0]); }, of_floats},
    {"cumulative_sum", Form::rows, [](ArrayOperands a) { return cumulative_sum(a[0], 1); }},
    {"concatenate", Form::two, [](ArrayOperands a) { return concatenate(a); }},
    {"stack", Form::two, [](ArrayOperands a) { return stack(a); }},
    {"gather", Form::places, [](ArrayOperands a) { return gather(a[0], a[1]); }},
    {"sort", Form::rows, [](ArrayOperands a) { return sort(a[0]); }},
    {"argsort", Form::rows, [](ArrayOperands a) { return argsort(a[0]); }},
    {"top_k", Form::rows, [](ArrayOperands a) { return largest(a[0]); }},
    {"conv1d", Form::signal, [](ArrayOperands a) { return conv1d(a[0], a[1]); }},
    {"dot", Form::two, [](ArrayOperands a) { return dot(a[0], a[1]); }},
    {"matmul", Form::product, [](ArrayOperands a) { return matmul(a[0], a[1]); }},
};

constexpr std::int64_t row = 1024;
constexpr std::int64_t largest_side = 4096;
constexpr std::int64_t channels = 16;
constexpr std::int64_t taps = 5;

bool has(const Entry& entry, DType dtype) { return dtype >= entry.least; }

std::int64_t side_of(std::int64_t size) {
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::sqrt(static_cast<double>(size))));
}

Array random_array(DType dtype, std::int64_t size, std::uint32_t seed) {
  std::minstd_rand random(seed);
  const bool is_float = array::is_float(dtype);
  std::uniform_real_distribution<float> floats(0.5F, 1.5F);
  const bool is_boolean = dtype == DType::boolean;
  std::uniform_int_distribution<int> integers(is_boolean ? 0 : 1, is_boolean ? 1 : 100);
  std::vector<float> values(static_cast<std::size_t>(size));
  for (float& value : values) value = is_float ? floats(random) : static_cast<float>(integers(random));
  return cast(Array::from<float>(values, {size}), dtype).evaluate();
}

Array random_places(std::int64_t size) {
  std::minstd_rand random(4);
  std::uniform_int_distribution<std::int64_t> place(0, size - 1);
  std::vector<std::int64_t> places(static_cast<std::size_t>(size));
  for (std::int64_t& each : places) each = place(random);
  return Array::from<std::int64_t>(places, {size});
}

Array first_of(const Array& flat, const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t axis : shape) count *= axis;
  const Slice first{.last = count};
  return flat.slice({&first, 1}).reshape(shape);
}

std::vector<Shape> shapes_of(Form form, std::int64_t size) {
  switch (form) {
    case Form::one:
    case Form::places:
      return {{size}};
    case Form::two:
      return {{size}, {size}};
    case Form::three:
    case Form::choice:
      return {{size}, {size}, {size}};
    case Form::rows:
      return {{std::max<std::int64_t>(1, size / row), std::min(size, row)}};
    case Form::square:
      return {{side_of(size), side_of(size)}};
    case Form::signal:
      return {{1, channels, std::max(taps, size / channels)}, {channels, channels, taps}};
    case Form::product:
      break;
  }
  const std::int64_t side = std::min(side_of(size), largest_side);
  return {{side, side}, {side, side}};
}

double multiplications_of(const Entry& entry, const std::vector<Array>& operands) {
  const Shape& shape = operands[0].shape();
  const double size = static_cast<double>(operands[0].size());
  if (entry.form == Form::product) return size * static_cast<double>(shape[1]);
  if (entry.form == Form::signal) return static_cast<double>((shape[2] - taps + 1) * channels * channels * taps);
  return entry.name == "dot" ? size : 0;
}

}  // namespace

double ArrayWorkload::bytes() const {
  double total = 0;
  for (const Array& operand : operands) {
    total += static_cast<double>(operand.size()) * static_cast<double>(size_of(operand.dtype()));
  }
  return total;
}

std::vector<std::string_view> array_workload_names(std::string_view name, DType dtype) {
  std::vector<std::string_view> all, found;
  for (const Entry& entry : entries) {
    all.push_back(entry.name);
    if (name != "all" && name != entry.name) continue;
    if (has(entry, dtype)) {
      found.push_back(entry.name);
    } else if (name == entry.name) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("--op {} is of {}, not of {}: use --dtype {}", name,
                              entry.least == of_floats ? "floats" : "numbers", name_of(dtype),
                              entry.least == of_floats ? "f16, bf16, f32 or f64" : "i32, f32 or another"));
    }
  }
  if (!found.empty()) return found;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("--op '{}' is not measured: there are all, {}", name, fmt::join(all, ", ")));
}

ArrayPool ArrayPool::copied_to(const std::string& backend) const {
  ArrayPool copy{.size = size, .places = anneal::copied_to(places, backend)};
  for (const Array& each : arrays) copy.arrays.push_back(anneal::copied_to(each, backend));
  return copy;
}

ArrayPool make_array_pool(DType dtype, std::int64_t size) {
  ArrayPool pool{.size = size, .places = random_places(size)};
  const std::int64_t of_kernels = channels * channels * taps;
  for (const std::uint32_t seed : {1, 2, 3}) {
    pool.arrays.push_back(random_array(dtype, std::max(size, of_kernels), seed));
  }
  return pool;
}

ArrayWorkload make_array_workload(std::string_view name, const ArrayPool& pool) {
  const Entry& entry = *std::ranges::find(entries, name, &Entry::name);
  ArrayWorkload workload{.name = entry.name, .compute = entry.compute};
  for (const Shape& shape : shapes_of(entry.form, pool.size)) {
    workload.operands.push_back(first_of(pool.arrays[workload.operands.size()], shape));
  }
  if (entry.form == Form::choice) workload.operands[0] = less(workload.operands[0], workload.operands[1]).evaluate();
  if (entry.form == Form::places) workload.operands.push_back(pool.places);
  workload.multiplications = multiplications_of(entry, workload.operands);
  workload.is_matrix_product = entry.form == Form::product;
  return workload;
}

}  // namespace anneal::cli
