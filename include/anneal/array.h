// Arrays of numbers with NumPy's shapes and rules. Elementwise operations are lazy: a chain of them, and a reduction
// after it, run as one pass over memory when the values are asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace anneal {

namespace array {
class Node;
}

enum class DType : std::uint8_t {
  boolean,  ///< a byte, 0 or 1
  u8,
  i8,
  i32,
  i64,
  f16,   ///< IEEE binary16; computed in f32, rounded where a result is stored
  bf16,  ///< the upper half of an f32; computed in f32, rounded where a result is stored
  f32,
  f64,
};

/// Bytes of an element.
std::size_t size_of(DType dtype);
/// "bool", "u8", "f32", ...
std::string name_of(DType dtype);
/// The opposite of name_of(); throws Error(invalid_argument) naming those that there are.
DType dtype_named(const std::string& name);
/// What an operation of both gives, by NumPy's table: bool < u8, i8 < i32 < i64 and f16 < f32 < f64; an integer and a
/// float give the smallest float that holds both exactly enough: f16 with 8 bits, else f64. Where NumPy's answer is a
/// type that there is not (u8 with i8 gives 16 bits), the next larger: i32. bf16 with an integer of 8 bits or a bool is
/// bf16, with f16 or f32 f32, with others f64.
DType promoted(DType a, DType b);

using Shape = std::vector<std::int64_t>;

/// Elements first, first + step, ... before `last` of an axis; without them from one end to the other. Negative places
/// count from the end, as in Python. But Python cuts what is out of range, which hides mistakes: here both must be
/// -size to size, of steps backwards to size - 1. step is not 0.
struct Slice {
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  std::int64_t step = 1;
};

/// A value, cheap to copy; views share memory, and nothing changes an Array's values after it was made. Thread-safe as
/// far as const goes.
///
/// Everything throws Error(invalid_argument) that names the shapes where they do not fit or are out of range, or the
/// sizes overflow 64 bits, and Error(out_of_memory) that names them, too. What computes values throws, of a GPU that
/// set_array_backend() has named, Error(unavailable) for dtypes that it has not (Metal: f64) and Error(device_failed).
class Array {
 public:
  /// Of dtype f32, no axes, and 0.
  Array();
  /// No axes. It is weak: together with an Array it takes that one's dtype, unless it is a float and that is an
  /// integer: then f64; as Python's numbers do in NumPy.
  Array(double value);
  Array(std::int64_t value);
  Array(int value);
  Array(bool value);

  /// Copies. `values` are in row-major order, as many as the shape has. T is an element's own type; booleans (bytes of
  /// 0 and 1), f16 and bf16 (their bits) are for copy_of().
  template <class T>
  static Array from(std::span<const T> values, Shape shape) {
    return copy_of(values.data(), values.size(), dtype_of<T>(), std::move(shape));
  }
  /// Copies `count` elements of `dtype`.
  static Array copy_of(const void* values, std::size_t count, DType dtype, Shape shape);
  /// No copy: `data` points to the element whose places are all 0, at a multiple of its size, `strides` are in elements
  /// and may be 0 or negative. `owner` keeps the memory alive; without one it must outlive all that is computed from
  /// it. Must not change.
  static Array borrow(const void* data, DType dtype, Shape shape, Shape strides, std::shared_ptr<const void> owner);
  static Array zeros(Shape shape, DType dtype);
  /// The value is cut to an integer where the dtype is one, which must be in its range.
  static Array full(Shape shape, double value, DType dtype);
  /// 0, 1, ... count - 1; of integers, these must be in the dtype's range.
  static Array arange(std::int64_t count, DType dtype);

  DType dtype() const;
  const Shape& shape() const;
  std::int64_t size() const;  ///< the number of elements
  int axes() const { return static_cast<int>(shape().size()); }

  /// Computes the values, if they are not yet there. Done by whatever needs them. A GPU may still be at work when this
  /// returns: what reads values waits for it.
  const Array& evaluate() const;
  /// In elements; evaluates.
  const Shape& strides() const;
  /// The element whose places are all 0; evaluates.
  const void* data() const;
  /// Copies all elements, in row-major order, to `values`: size() of dtype().
  void copy_to(void* values) const;
  /// T is dtype()'s own type, or std::uint8_t of booleans.
  template <class T>
  std::vector<T> to_vector() const {
    check_type(dtype_of<T>());
    std::vector<T> values(static_cast<std::size_t>(size()));
    copy_to(values.data());
    return values;
  }
  /// The value of the only element; integers above 2^53 are rounded.
  double item() const;

  // Views: they share memory, and evaluate first.
  /// One Slice for each of the first axes.
  Array slice(std::span<const Slice> slices) const;
  /// Axis k of the result is axis order[k], where negative ones count from the end; without order, in reverse.
  Array transpose(std::vector<int> order = {}) const;
  /// One of the sizes may be -1, which follows from the others. Copies where no strides do it.
  Array reshape(Shape shape) const;
  Array broadcast_to(Shape shape) const;

  const std::shared_ptr<array::Node>& node() const { return node_; }
  explicit Array(std::shared_ptr<array::Node> node) : node_(std::move(node)) {}

 private:
  template <class T>
  static constexpr DType dtype_of();
  void check_type(DType dtype) const;

  std::shared_ptr<array::Node> node_;
};

template <>
constexpr DType Array::dtype_of<std::uint8_t>() {
  return DType::u8;
}
template <>
constexpr DType Array::dtype_of<std::int8_t>() {
  return DType::i8;
}
template <>
constexpr DType Array::dtype_of<std::int32_t>() {
  return DType::i32;
}
template <>
constexpr DType Array::dtype_of<std::int64_t>() {
  return DType::i64;
}
template <>
constexpr DType Array::dtype_of<float>() {
  return DType::f32;
}
template <>
constexpr DType Array::dtype_of<double>() {
  return DType::f64;
}

// Elementwise, with broadcasting. Lazy.

Array add(const Array& a, const Array& b);
Array subtract(const Array& a, const Array& b);
Array multiply(const Array& a, const Array& b);
Array divide(const Array& a, const Array& b);  ///< of integers, f64
/// Of integers: throws for a negative exponent that is a number; elements that are negative give 1 / a^|b| cut to 0, 1
/// or -1.
Array power(const Array& a, const Array& b);
Array modulo(const Array& a, const Array& b);   ///< the sign of b, as Python's %; of integers by 0: 0
Array minimum(const Array& a, const Array& b);  ///< NaN where either is
Array maximum(const Array& a, const Array& b);

Array negative(const Array& a);
Array absolute(const Array& a);
Array sign(const Array& a);
// Of integers: f16 for 8 bits and bool, else f64.
Array square_root(const Array& a);
Array reciprocal_square_root(const Array& a);
Array exponential(const Array& a);
Array logarithm(const Array& a);
Array log1p(const Array& a);
Array expm1(const Array& a);  ///< exp(a) - 1, in full precision near 0
Array sine(const Array& a);
Array cosine(const Array& a);
Array tangent(const Array& a);
Array hyperbolic_tangent(const Array& a);
Array error_function(const Array& a);
Array sigmoid(const Array& a);
Array gelu(const Array& a);  ///< x * (1 + erf(x / sqrt 2)) / 2, and its limit 0 at -infinity
Array silu(const Array& a);  ///< x * sigmoid(x), and its limit 0 at -infinity
// Of the same dtype.
Array floor(const Array& a);
Array ceil(const Array& a);
Array round(const Array& a);  ///< halves to even
Array relu(const Array& a);

// boolean.
Array equal(const Array& a, const Array& b);
Array not_equal(const Array& a, const Array& b);
Array less(const Array& a, const Array& b);
Array less_equal(const Array& a, const Array& b);
Array greater(const Array& a, const Array& b);
Array greater_equal(const Array& a, const Array& b);

/// a where the condition is not 0, else b.
Array where(const Array& condition, const Array& a, const Array& b);
/// minimum(maximum(a, lowest), highest).
Array clip(const Array& a, const Array& lowest, const Array& highest);
/// Integers wrap. Floats become integers toward zero; one out of the integer's range gives its nearest limit, NaN 0.
/// To booleans, what is not 0 is true, NaN too. Floats are rounded to nearest, halves to even.
Array cast(const Array& a, DType dtype);

// Reductions. Without axes, over all; negative ones count from the end. Lazy. The order of additions depends on the
// shapes alone: results are the same for any number of threads. Only what is larger than a GPU's memory is added up in
// parts, whose number follows from that memory.

struct Over {
  std::vector<int> axes = {};
  bool keep_axes = false;  ///< with size 1
};

Array sum(const Array& a, const Over& over = {});   ///< integers of 8 and 32 bits and bool give i64
Array prod(const Array& a, const Over& over = {});  ///< the same
Array mean(const Array& a, const Over& over = {});  ///< of integers: f64; of nothing: NaN
Array var(const Array& a, const Over& over = {});   ///< divided by the number of elements, as NumPy's
Array min(const Array& a, const Over& over = {});   ///< NaN where there is one; of no elements: throws
Array max(const Array& a, const Over& over = {});
Array any(const Array& a, const Over& over = {});  ///< boolean
Array all(const Array& a, const Over& over = {});
/// The place of the first one, or of the first NaN; i64. Over one axis, or all in row-major order.
Array argmin(const Array& a, std::optional<int> axis = {}, bool keep_axes = false);
Array argmax(const Array& a, std::optional<int> axis = {}, bool keep_axes = false);

/// exp(a - max) over its sum, along an axis; of integers as exponential().
Array softmax(const Array& a, int axis = -1);

inline Array operator+(const Array& a, const Array& b) { return add(a, b); }
inline Array operator-(const Array& a, const Array& b) { return subtract(a, b); }
inline Array operator*(const Array& a, const Array& b) { return multiply(a, b); }
inline Array operator/(const Array& a, const Array& b) { return divide(a, b); }
inline Array operator-(const Array& a) { return negative(a); }

}  // namespace anneal
