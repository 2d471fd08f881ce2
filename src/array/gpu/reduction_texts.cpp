#include "array/gpu/reduction_texts.h"

#include <fmt/core.h>

#include "array/dtype.h"
#include "array/gpu/op_texts.h"

namespace anneal::array::gpu {
namespace {

// T is the elements' type.
constexpr auto sum_of_floats = R"(
struct Accumulator { T sum; T lost; };
FUNCTION Accumulator empty() {
  Accumulator acc;
  acc.sum = T(0);
  acc.lost = T(0);
  return acc;
}
FUNCTION Accumulator added(Accumulator acc, T x, i64) {
  Accumulator result;
  result.sum = acc.sum + x;
  const T taken = result.sum - acc.sum;
  result.lost = acc.lost + ((acc.sum - (result.sum - taken)) + (x - taken));
  return result;
}
FUNCTION Accumulator combined(Accumulator a, Accumulator b) {
  Accumulator result = added(a, b.sum, 0);
  result.lost += b.lost;
  return result;
}
// What is lost by infinite sums is NaN.
FUNCTION T finished(Accumulator acc) { return acc.sum - acc.sum == T(0) ? acc.sum + acc.lost : acc.sum; }
)";

// `FIRST` is that of no elements, and fold(a, b) combines two.
constexpr auto fold = R"(
struct Accumulator { T value; };
FUNCTION Accumulator empty() {
  Accumulator acc;
  acc.value = FIRST;
  return acc;
}
FUNCTION Accumulator added(Accumulator acc, T x, i64) {
  Accumulator result;
  result.value = fold(acc.value, x);
  return result;
}
FUNCTION Accumulator combined(Accumulator a, Accumulator b) { return added(a, b.value, 0); }
FUNCTION T finished(Accumulator acc) { return acc.value; }
)";

// NaN is better than all others, and lower places are better than higher ones. fold(a, b) is whether a is at least as
// good as b, where neither is NaN. Of what a lane sees in the order of places, a Candidate is enough: its turns are
// counted in 32 bits, and the first one is as good as none.
constexpr auto find = R"(
struct Accumulator { T value; i64 place; };
struct Candidate { T value; u32 turn; };
FUNCTION Candidate no_candidate() {
  Candidate best;
  best.value = FIRST;
  best.turn = 0;
  return best;
}
FUNCTION Candidate better(Candidate best, T x, u32 turn) {
  const bool is_better = best.value == best.value && !fold(best.value, x);
  best.value = is_better ? x : best.value;
  best.turn = is_better ? turn : best.turn;
  return best;
}
FUNCTION Accumulator empty() {
  Accumulator acc;
  acc.value = FIRST;
  acc.place = i64(0x7FFFFFFFFFFFFFFF);
  return acc;
}
FUNCTION Accumulator combined(Accumulator a, Accumulator b) {
  const bool a_is_nan = a.value != a.value, b_is_nan = b.value != b.value;
  const bool is_better = !a_is_nan && !fold(a.value, b.value);
  const bool is_same = a.value == b.value || (a_is_nan && b_is_nan);
  return is_better || (is_same && b.place < a.place) ? b : a;
}
FUNCTION Accumulator added(Accumulator acc, T x, i64 place) {
  Accumulator one;
  one.value = x;
  one.place = place;
  return combined(acc, one);
}
FUNCTION i64 finished(Accumulator acc) { return acc.place; }
)";

Op op_of(Reduction reduction) {
  switch (reduction) {
    case Reduction::sum:
      return Op::add;
    case Reduction::product:
    case Reduction::all:
      return Op::multiply;
    case Reduction::minimum:
      return Op::minimum;
    case Reduction::first_minimum:
      return Op::less_equal;
    case Reduction::first_maximum:
      return Op::greater_equal;
    default:
      return Op::maximum;
  }
}

std::string highest(DType dtype) {
  switch (dtype) {
    case DType::boolean:
      return "true";
    case DType::u8:
      return "u8(255)";
    case DType::i8:
      return "i8(127)";
    case DType::i32:
      return "i32(2147483647)";
    case DType::i64:
      return "i64(0x7FFFFFFFFFFFFFFF)";
    default:
      return "T(infinity())";
  }
}

std::string lowest(DType dtype) {
  if (dtype == DType::boolean || dtype == DType::u8) return "T(0)";
  return is_float(dtype) ? "T(-infinity())" : fmt::format("T(-{} - T(1))", highest(dtype));
}

std::string first_of(Reduction reduction, DType dtype) {
  switch (reduction) {
    case Reduction::sum:
    case Reduction::any:
      return "T(0)";
    case Reduction::product:
    case Reduction::all:
      return "T(1)";
    case Reduction::minimum:
    case Reduction::first_minimum:
      return highest(dtype);
    default:
      return lowest(dtype);
  }
}

}  // namespace

std::string reduction_text(Reduction reduction, DType dtype) {
  const std::string type = fmt::format("#define T {}\n", register_type(dtype));
  if (reduction == Reduction::sum && is_float(dtype)) return type + sum_of_floats + "#undef T\n";
  return fmt::format("{}{}#define FIRST {}\n{}#undef FIRST\n#undef T\n", function_text("fold", op_of(reduction), dtype),
                     type, first_of(reduction, dtype), is_find(reduction) ? find : fold);
}

}  // namespace anneal::array::gpu
