// As many vectors as a kernel's shape asks for. Included once per instruction set.
//
// Scalable vectors cannot be elements of arrays, and arrays of others do not reliably stay in registers. So they are
// local variables that parameter packs refer to.
#if defined(ANNEAL_ALIGN_CPU_VECTORS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_VECTORS_INL_H_
#undef ANNEAL_ALIGN_CPU_VECTORS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_VECTORS_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <utility>

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class Body, class... Vs>
HWY_INLINE void with_each_of(const Body& body, Vs... made) {
  body(made...);
}
template <class Make, class Body, std::size_t... k>
HWY_INLINE void with_numbered(std::index_sequence<k...>, const Make& make, const Body& body) {
  with_each_of(body, make(static_cast<std::int64_t>(k))...);
}

/// Calls body(v0, v1, ..) with references to `count` vectors, vk being make(k).
template <std::int64_t count, class Make, class Body>
HWY_INLINE void with_vectors(const Make& make, const Body& body) {
  with_numbered(std::make_index_sequence<static_cast<std::size_t>(count)>(), make, body);
}

template <class V>
HWY_INLINE V& last_of(V& last) {
  return last;
}
template <class V, class... Vs>
HWY_INLINE V& last_of(V&, Vs&... others) {
  return last_of(others...);
}

/// Gives each vector the value of the next one; the last one keeps its own.
template <class V>
HWY_INLINE void shift_down(V&) {}
template <class V, class... Vs>
HWY_INLINE void shift_down(V& first, V& second, Vs&... others) {
  first = second;
  shift_down(second, others...);
}

/// The highest lanes, by a tree of few levels.
template <class V>
HWY_INLINE V highest_of(V only) {
  return only;
}
template <class V, class... Vs>
HWY_INLINE V highest_of(V first, V second, Vs... others) {
  return highest_of(others..., hn::Max(first, second));
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
