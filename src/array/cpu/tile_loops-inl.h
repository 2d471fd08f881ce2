// Elementwise loops that the compiler vectorises, and what they do to elements.
// Define ANNEAL_TILE_NAMESPACE and include once for each instruction set.
#if defined(ANNEAL_TILE_LOOPS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_LOOPS_INL_H
#undef ANNEAL_TILE_LOOPS_INL_H
#else
#define ANNEAL_TILE_LOOPS_INL_H
#endif

#include <cmath>
#include <cstring>

#include "array/cpu/tile_types.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace ANNEAL_TILE_NAMESPACE {

#define ANNEAL_TILE_OP(name, expression)                                 \
  struct name {                                                          \
    template <class T>                                                   \
    static HWY_INLINE T of([[maybe_unused]] T a, [[maybe_unused]] T b) { \
      return expression;                                                 \
    }                                                                    \
  }
#define ANNEAL_TILE_ARITHMETIC(name, op)                         \
  struct name {                                                  \
    template <class T>                                           \
    static HWY_INLINE T of(T a, T b) {                           \
      if constexpr (std::is_integral_v<T>) {                     \
        return static_cast<T>(Wrapping<T>(a) op Wrapping<T>(b)); \
      } else {                                                   \
        return a op b;                                           \
      }                                                          \
    }                                                            \
  }
#define ANNEAL_TILE_COMPARISON(name, op)          \
  struct name {                                   \
    template <class T>                            \
    static HWY_INLINE std::uint8_t of(T a, T b) { \
      return a op b;                              \
    }                                             \
  }

ANNEAL_TILE_ARITHMETIC(Add, +);
ANNEAL_TILE_ARITHMETIC(Subtract, -);
ANNEAL_TILE_ARITHMETIC(Multiply, *);
ANNEAL_TILE_OP(Divide, a / b);
// NaN where either is.
ANNEAL_TILE_OP(Minimum, ((a <= b) | (a != a)) ? a : b);
ANNEAL_TILE_OP(Maximum, ((a >= b) | (a != a)) ? a : b);
ANNEAL_TILE_OP(And, static_cast<T>(a& b));
ANNEAL_TILE_OP(Or, static_cast<T>(a | b));
ANNEAL_TILE_OP(Xor, static_cast<T>(a ^ b));
ANNEAL_TILE_COMPARISON(Equal, ==);
ANNEAL_TILE_COMPARISON(NotEqual, !=);
ANNEAL_TILE_COMPARISON(Less, <);
ANNEAL_TILE_COMPARISON(LessEqual, <=);
ANNEAL_TILE_COMPARISON(Greater, >);
ANNEAL_TILE_COMPARISON(GreaterEqual, >=);
ANNEAL_TILE_OP(Same, a);
ANNEAL_TILE_OP(Relu, a < T(0) ? T(0) : a);

struct Negative {
  template <class T>
  static HWY_INLINE T of(T a, T) {
    if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(-Wrapping<T>(a));
    } else {
      return -a;
    }
  }
};
struct Absolute {
  template <class T>
  static HWY_INLINE T of(T a, T) {
    if constexpr (std::is_unsigned_v<T>) {
      return a;
    } else if constexpr (std::is_integral_v<T>) {
      return a < 0 ? static_cast<T>(-Wrapping<T>(a)) : a;
    } else {
      return std::abs(a);
    }
  }
};
struct Sign {
  template <class T>
  static HWY_INLINE T of(T a, T) {
    const T sign = static_cast<T>(static_cast<T>(a > T(0)) - static_cast<T>(a < T(0)));
    return a == a ? sign : a;
  }
};

#undef ANNEAL_TILE_OP
#undef ANNEAL_TILE_ARITHMETIC
#undef ANNEAL_TILE_COMPARISON

template <class F, class T>
void loop_of_one(void* to, const void* a, const void*, const void*, std::size_t count) {
  T* const results = static_cast<T*>(to);
  const T* const values = static_cast<const T*>(a);
  ANNEAL_INDEPENDENT
  for (std::size_t k = 0; k < count; ++k) results[k] = F::of(values[k], T());
}

template <class F, class T>
void loop_of_two(void* to, const void* a, const void* b, const void*, std::size_t count) {
  using Result = decltype(F::of(T(), T()));
  Result* const results = static_cast<Result*>(to);
  const T* const left = static_cast<const T*>(a);
  const T* const right = static_cast<const T*>(b);
  ANNEAL_INDEPENDENT
  for (std::size_t k = 0; k < count; ++k) results[k] = F::of(left[k], right[k]);
}

// Backwards, and conditions are copied, as results that are larger may be written over them.
template <class T>
void loop_where(void* to, const void* a, const void* b, const void* c, std::size_t count) {
  constexpr std::size_t block = 256;
  std::uint8_t conditions[block];
  for (std::size_t end = count; end > 0;) {
    const std::size_t begin = (end - 1) / block * block;
    std::memcpy(conditions, static_cast<const std::uint8_t*>(a) + begin, end - begin);
    T* const results = static_cast<T*>(to) + begin;
    const T* const chosen = static_cast<const T*>(b) + begin;
    const T* const others = static_cast<const T*>(c) + begin;
    const std::size_t size = end - begin;
    ANNEAL_INDEPENDENT
    for (std::size_t k = 0; k < size; ++k) {
      const T yes = chosen[k], no = others[k];
      results[k] = conditions[k] != 0 ? yes : no;
    }
    end = begin;
  }
}

template <class T>
void add_comparisons(TileKernels& table, Kind kind) {
  entry(table, Op::equal, kind) = &loop_of_two<Equal, T>;
  entry(table, Op::not_equal, kind) = &loop_of_two<NotEqual, T>;
  entry(table, Op::less, kind) = &loop_of_two<Less, T>;
  entry(table, Op::less_equal, kind) = &loop_of_two<LessEqual, T>;
  entry(table, Op::greater, kind) = &loop_of_two<Greater, T>;
  entry(table, Op::greater_equal, kind) = &loop_of_two<GreaterEqual, T>;
  entry(table, Op::where, kind) = &loop_where<T>;
}

template <class T>
void add_arithmetic(TileKernels& table, Kind kind) {
  add_comparisons<T>(table, kind);
  entry(table, Op::add, kind) = &loop_of_two<Add, T>;
  entry(table, Op::subtract, kind) = &loop_of_two<Subtract, T>;
  entry(table, Op::multiply, kind) = &loop_of_two<Multiply, T>;
  entry(table, Op::minimum, kind) = &loop_of_two<Minimum, T>;
  entry(table, Op::maximum, kind) = &loop_of_two<Maximum, T>;
  entry(table, Op::negative, kind) = &loop_of_one<Negative, T>;
  entry(table, Op::absolute, kind) = &loop_of_one<Absolute, T>;
  entry(table, Op::sign, kind) = &loop_of_one<Sign, T>;
  entry(table, Op::relu, kind) = &loop_of_one<Relu, T>;
  if constexpr (std::is_floating_point_v<T>) entry(table, Op::divide, kind) = &loop_of_two<Divide, T>;
}

inline void add_logic(TileKernels& table) {
  using T = std::uint8_t;
  add_comparisons<T>(table, Kind::boolean);
  entry(table, Op::add, Kind::boolean) = &loop_of_two<Or, T>;
  entry(table, Op::subtract, Kind::boolean) = &loop_of_two<Xor, T>;
  entry(table, Op::multiply, Kind::boolean) = &loop_of_two<And, T>;
  entry(table, Op::minimum, Kind::boolean) = &loop_of_two<And, T>;
  entry(table, Op::maximum, Kind::boolean) = &loop_of_two<Or, T>;
}

inline void add_loops(TileKernels& table) {
  for_each_number([&table]<class T>(Kind kind, T) { add_arithmetic<T>(table, kind); });
  add_logic(table);
}

}  // namespace ANNEAL_TILE_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#endif
