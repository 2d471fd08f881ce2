#include "array/elements.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "array/cpu/tile_half.h"
#include "array/dtype.h"
#include "array/half.h"

namespace anneal::array {
namespace {

template <class T>
T read(const std::byte* element) {
  T value;
  std::memcpy(&value, element, sizeof value);
  return value;
}

template <class T>
void write(std::byte* element, T value) {
  std::memcpy(element, &value, sizeof value);
}

Number of_real(double value) { return {value, 0}; }
Number of_integer(std::int64_t value) { return {static_cast<double>(value), value}; }

// Once, as kernels do: of a double, or of an integer.
template <class T>
double rounded(T value, DType dtype) {
  switch (dtype) {
    case DType::f16:
      return to_float(to_f16(cpu::round_to_odd(value)));
    case DType::bf16:
      return to_float(to_bf16(cpu::round_to_odd(value)));
    case DType::f32:
      return static_cast<float>(value);
    default:
      return static_cast<double>(value);
  }
}

std::int64_t wrapped(std::int64_t value, DType dtype) {
  switch (dtype) {
    case DType::u8:
      return static_cast<std::uint8_t>(value);
    case DType::i8:
      return static_cast<std::int8_t>(value);
    case DType::i32:
      return static_cast<std::int32_t>(value);
    default:
      return value;
  }
}

std::int64_t nearest_integer(double value, DType dtype) {
  if (std::isnan(value)) return 0;
  const IntegerRange range = range_of(dtype);
  if (value <= static_cast<double>(range.lowest)) return range.lowest;
  if (value >= static_cast<double>(range.highest)) return range.highest;
  return static_cast<std::int64_t>(value);
}

}  // namespace

Number converted(Number number, DType from, DType dtype) {
  if (dtype == DType::boolean) return of_integer(is_float(from) ? number.real != 0 : number.integer != 0);
  if (is_float(dtype)) return of_real(is_float(from) ? rounded(number.real, dtype) : rounded(number.integer, dtype));
  return of_integer(is_float(from) ? nearest_integer(number.real, dtype) : wrapped(number.integer, dtype));
}

Number read_number(const std::byte* element, DType dtype) {
  switch (dtype) {
    case DType::boolean:
    case DType::u8:
      return of_integer(read<std::uint8_t>(element));
    case DType::i8:
      return of_integer(read<std::int8_t>(element));
    case DType::i32:
      return of_integer(read<std::int32_t>(element));
    case DType::i64:
      return of_integer(read<std::int64_t>(element));
    case DType::f16:
      return of_real(to_float(read<F16>(element)));
    case DType::bf16:
      return of_real(to_float(read<BF16>(element)));
    case DType::f32:
      return of_real(read<float>(element));
    case DType::f64:
      break;
  }
  return of_real(read<double>(element));
}

void write_number(std::byte* element, DType dtype, Number number) {
  switch (dtype) {
    case DType::boolean:
    case DType::u8:
      return write(element, static_cast<std::uint8_t>(number.integer));
    case DType::i8:
      return write(element, static_cast<std::int8_t>(number.integer));
    case DType::i32:
      return write(element, static_cast<std::int32_t>(number.integer));
    case DType::i64:
      return write(element, number.integer);
    case DType::f16:
      return write(element, to_f16(static_cast<float>(number.real)));
    case DType::bf16:
      return write(element, to_bf16(static_cast<float>(number.real)));
    case DType::f32:
      return write(element, static_cast<float>(number.real));
    case DType::f64:
      break;
  }
  write(element, number.real);
}

}  // namespace anneal::array
