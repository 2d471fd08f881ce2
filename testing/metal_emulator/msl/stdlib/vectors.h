// Vectors of 2, 3 and 4 components: float4, ushort2 and so on. Of swizzles, there are x, y, z, w and xy.
#pragma once

#include "base.h"

namespace metal {

template <class T, int N>
struct vec;

template <class T>
struct element_of {
  typedef T type;
};
template <class T, int N>
struct element_of<vec<T, N>> {
  typedef T type;
};

// In other address spaces, vectors are copied from and assigned to by functions of their own.
#ifdef METAL_EMULATOR_STRICT
#define METAL_EMULATOR_VECTOR_SPACES(copy)                                                                   \
  vec(const METAL_EMULATOR_DEVICE vec& other){copy} vec(const METAL_EMULATOR_CONSTANT vec& other){copy} vec( \
      const METAL_EMULATOR_SHARED vec& other){copy} vec&                                                     \
  operator=(const METAL_EMULATOR_DEVICE vec& other) {                                                        \
    copy return *this;                                                                                       \
  }                                                                                                          \
  vec& operator=(const METAL_EMULATOR_CONSTANT vec& other) { copy return *this; }                            \
  vec& operator=(const METAL_EMULATOR_SHARED vec& other) { copy return *this; }                              \
  template <class Self>                                                                                      \
  auto& assign(this Self& self, const vec& other) {                                                          \
    for (int k = 0; k < vec::size; ++k) (&self.x)[k] = other[k];                                             \
    return self;                                                                                             \
  }                                                                                                          \
  auto& operator=(this METAL_EMULATOR_DEVICE vec& self, const vec& other) { return self.assign(other); }     \
  auto& operator=(this METAL_EMULATOR_SHARED vec& self, const vec& other) { return self.assign(other); }
#else
#define METAL_EMULATOR_VECTOR_SPACES(copy)
#endif
#define METAL_EMULATOR_VECTOR(count, copy) \
  enum { size = count };                   \
  vec() = default;                         \
  constexpr vec(const vec&) = default;     \
  vec& operator=(const vec&) = default;    \
  METAL_EMULATOR_VECTOR_SPACES(copy)       \
  T& operator[](int k) { return (&x)[k]; } \
  const T& operator[](int k) const { return (&x)[k]; }

template <class T, class U>
using if_other = typename std::enable_if<!std::is_same<T, U>::value>::type;

template <class T>
struct alignas(2 * sizeof(T)) vec<T, 2> {
  T x, y;

  METAL_EMULATOR_VECTOR(2, x = other.x; y = other.y;)
  constexpr vec(T all) : x(all), y(all) {}
  constexpr vec(T a, T b) : x(a), y(b) {}
  template <class U, class = if_other<T, U>>
  explicit constexpr vec(vec<U, 2> other) : x(T(other.x)), y(T(other.y)) {}
};

template <class T>
struct alignas(4 * sizeof(T)) vec<T, 3> {
  T x, y, z;

  METAL_EMULATOR_VECTOR(3, x = other.x; y = other.y; z = other.z;)
  constexpr vec(T all) : x(all), y(all), z(all) {}
  constexpr vec(T a, T b, T c) : x(a), y(b), z(c) {}
  template <class U, class = if_other<T, U>>
  explicit constexpr vec(vec<U, 3> other) : x(T(other.x)), y(T(other.y)), z(T(other.z)) {}
};

template <class T>
struct alignas(4 * sizeof(T)) vec<T, 4> {
  T x, y, z, w;

  METAL_EMULATOR_VECTOR(4, x = other.x; y = other.y; z = other.z; w = other.w;)
  constexpr vec(T all) : x(all), y(all), z(all), w(all) {}
  constexpr vec(T a, T b, T c, T d) : x(a), y(b), z(c), w(d) {}
  constexpr vec(vec<T, 2> a, vec<T, 2> b) : x(a.x), y(a.y), z(b.x), w(b.y) {}
  template <class U, class = if_other<T, U>>
  explicit constexpr vec(vec<U, 4> other) : x(T(other.x)), y(T(other.y)), z(T(other.z)), w(T(other.w)) {}
};

template <class T>
using identity = typename std::common_type<T>::type;

#define METAL_EMULATOR_BINARY(op)                            \
  template <class T, int N>                                  \
  vec<T, N> operator op(vec<T, N> a, vec<T, N> b) {          \
    vec<T, N> result;                                        \
    for (int k = 0; k < N; ++k) result[k] = T(a[k] op b[k]); \
    return result;                                           \
  }                                                          \
  template <class T, int N>                                  \
  vec<T, N> operator op(vec<T, N> a, identity<T> b) {        \
    return a op vec<T, N>(b);                                \
  }                                                          \
  template <class T, int N>                                  \
  vec<T, N> operator op(identity<T> a, vec<T, N> b) {        \
    return vec<T, N>(a) op b;                                \
  }                                                          \
  template <class T, int N>                                  \
  vec<T, N>& operator op##=(vec<T, N>& a, vec<T, N> b) {     \
    return a = a op b;                                       \
  }
METAL_EMULATOR_BINARY(+)
METAL_EMULATOR_BINARY(-)
METAL_EMULATOR_BINARY(*)
METAL_EMULATOR_BINARY(/)
METAL_EMULATOR_BINARY(%)
METAL_EMULATOR_BINARY(&)
METAL_EMULATOR_BINARY(|)
METAL_EMULATOR_BINARY(^)
METAL_EMULATOR_BINARY(<<)
METAL_EMULATOR_BINARY(>>)

#define METAL_EMULATOR_UNARY(op)                   \
  template <class T, int N>                        \
  vec<T, N> operator op(vec<T, N> a) {             \
    for (int k = 0; k < N; ++k) a[k] = T(op a[k]); \
    return a;                                      \
  }
METAL_EMULATOR_UNARY(-)
METAL_EMULATOR_UNARY(~)
METAL_EMULATOR_UNARY(!)

#define METAL_EMULATOR_COMPARISON(op)                     \
  template <class T, int N>                               \
  vec<bool, N> operator op(vec<T, N> a, vec<T, N> b) {    \
    vec<bool, N> result;                                  \
    for (int k = 0; k < N; ++k) result[k] = a[k] op b[k]; \
    return result;                                        \
  }
METAL_EMULATOR_COMPARISON(<)
METAL_EMULATOR_COMPARISON(>)
METAL_EMULATOR_COMPARISON(<=)
METAL_EMULATOR_COMPARISON(>=)
METAL_EMULATOR_COMPARISON(==)
METAL_EMULATOR_COMPARISON(!=)

template <int N>
bool all(vec<bool, N> a) {
  bool result = true;
  for (int k = 0; k < N; ++k) result = result && a[k];
  return result;
}
template <int N>
bool any(vec<bool, N> a) {
  return !all(!a);
}

/// The same bits as another type of the same size.
template <class To, class From>
To as_type(From from) {
  static_assert(sizeof(To) == sizeof(From), "as_type: the sizes differ");
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

}  // namespace metal

#define METAL_EMULATOR_VECTORS(type)   \
  typedef metal::vec<type, 2> type##2; \
  typedef metal::vec<type, 3> type##3; \
  typedef metal::vec<type, 4> type##4;
METAL_EMULATOR_VECTORS(bool)
METAL_EMULATOR_VECTORS(char)
METAL_EMULATOR_VECTORS(uchar)
METAL_EMULATOR_VECTORS(short)
METAL_EMULATOR_VECTORS(ushort)
METAL_EMULATOR_VECTORS(int)
METAL_EMULATOR_VECTORS(uint)
METAL_EMULATOR_VECTORS(long)
METAL_EMULATOR_VECTORS(ulong)
METAL_EMULATOR_VECTORS(half)
METAL_EMULATOR_VECTORS(float)

using metal::as_type;  // an operator in Metal, known without `using namespace metal`
