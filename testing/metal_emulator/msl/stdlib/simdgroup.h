// Functions that all lanes of a simdgroup take part in, and barriers.
#pragma once

#include "numbers.h"

namespace metal {

enum class mem_flags { mem_none = 0, mem_device = 1, mem_threadgroup = 2, mem_texture = 4 };
constexpr mem_flags operator|(mem_flags a, mem_flags b) { return mem_flags(int(a) | int(b)); }

METAL_EMULATOR_UNCHECKED inline void threadgroup_barrier(mem_flags flags,
                                                         metal_emulator::Place place = METAL_EMULATOR_HERE) {
  metal_emulator::services->threadgroup_barrier(unsigned(flags), place);
}
METAL_EMULATOR_UNCHECKED inline void simdgroup_barrier(mem_flags flags,
                                                       metal_emulator::Place place = METAL_EMULATOR_HERE) {
  metal_emulator::services->simdgroup_barrier(unsigned(flags), place);
}

enum class simd_operation : unsigned { shuffle, up, down, exclusive_or, broadcast, reduction, prefix, ballot, matrix };

template <class T>
struct is_exchanged {
  typedef typename element_of<T>::type element;
  static constexpr bool value =
      is_number<element>::value && !std::is_same<element, bool>::value && sizeof(element) <= 4;
};

/// The values of all lanes.
template <class T>
class simd_values {
 public:
  METAL_EMULATOR_UNCHECKED simd_values(T own, simd_operation operation, metal_emulator::Place place)
      : all_(metal_emulator::services->exchange(&own, sizeof own, unsigned(operation), place)), place_(place) {
    static_assert(is_exchanged<T>::value, "Metal's simd functions take no bool, no 64 bits, and no structs");
  }

  METAL_EMULATOR_UNCHECKED bool has(uint lane) const {
    return lane < metal_emulator::simd_width && (all_->active >> lane & 1u) != 0;
  }
  METAL_EMULATOR_UNCHECKED T operator[](uint lane) const {
    if (!has(lane)) metal_emulator::services->fail("a simd function reads from an inactive lane", place_);
    T value;
    __builtin_memcpy(&value, all_->values[lane], sizeof value);
    return value;
  }

 private:
  const metal_emulator::Exchange* all_;
  metal_emulator::Place place_;
};

METAL_EMULATOR_UNCHECKED inline uint own_lane() { return metal_emulator::services->lane(); }

#define METAL_EMULATOR_PLACE metal_emulator::Place place = METAL_EMULATOR_HERE
#define METAL_EMULATOR_SIMD(name, parameter, operation, expression)                \
  template <class T>                                                               \
  METAL_EMULATOR_UNCHECKED T name(T own, ushort parameter, METAL_EMULATOR_PLACE) { \
    const simd_values<T> values(own, simd_operation::operation, place);            \
    const uint lane = own_lane();                                                  \
    (void)lane;                                                                    \
    return expression;                                                             \
  }
METAL_EMULATOR_SIMD(simd_shuffle, from, shuffle, values[from])
METAL_EMULATOR_SIMD(simd_broadcast, from, broadcast, values[from])
METAL_EMULATOR_SIMD(simd_shuffle_xor, mask, exclusive_or, values[lane ^ mask])
METAL_EMULATOR_SIMD(simd_shuffle_up, delta, up, lane < delta ? own : values[lane - delta])
METAL_EMULATOR_SIMD(simd_shuffle_down, delta, down,
                    lane + delta >= metal_emulator::simd_width ? own : values[lane + delta])
METAL_EMULATOR_SIMD(simd_shuffle_rotate_up, delta, up, values[(lane - delta) % metal_emulator::simd_width])
METAL_EMULATOR_SIMD(simd_shuffle_rotate_down, delta, down, values[(lane + delta) % metal_emulator::simd_width])

template <class T>
METAL_EMULATOR_UNCHECKED T simd_shuffle_and_fill_up(T own, T filling, ushort delta, METAL_EMULATOR_PLACE) {
  const T moved = simd_shuffle_rotate_up(own, delta, place), filled = simd_shuffle_rotate_up(filling, delta, place);
  return own_lane() < delta ? filled : moved;
}
template <class T>
METAL_EMULATOR_UNCHECKED T simd_shuffle_and_fill_down(T own, T filling, ushort delta, METAL_EMULATOR_PLACE) {
  const T moved = simd_shuffle_rotate_down(own, delta, place), filled = simd_shuffle_rotate_down(filling, delta, place);
  return own_lane() + delta >= metal_emulator::simd_width ? filled : moved;
}

/// `join(a, b)` of all active lanes below `end`, in order; `start` where there is none.
template <class T, class Join>
METAL_EMULATOR_UNCHECKED T joined(const simd_values<T>& values, uint end, T start, Join join) {
  T result = start;
  bool is_first = true;
  for (uint lane = 0; lane < end; ++lane) {
    if (!values.has(lane)) continue;
    result = is_first ? values[lane] : join(result, values[lane]);
    is_first = false;
  }
  return result;
}

#define METAL_EMULATOR_REDUCTION(name, expression)                                                  \
  template <class T>                                                                                \
  METAL_EMULATOR_UNCHECKED T name(T own, METAL_EMULATOR_PLACE) {                                    \
    const simd_values<T> values(own, simd_operation::reduction, place);                             \
    return joined(values, metal_emulator::simd_width, own, [](T a, T b) { return T(expression); }); \
  }
METAL_EMULATOR_REDUCTION(simd_sum, a + b)
METAL_EMULATOR_REDUCTION(simd_product, a* b)
METAL_EMULATOR_REDUCTION(simd_max, max(a, b))
METAL_EMULATOR_REDUCTION(simd_min, min(a, b))
METAL_EMULATOR_REDUCTION(simd_or, a | b)
METAL_EMULATOR_REDUCTION(simd_and, a& b)
METAL_EMULATOR_REDUCTION(simd_xor, a ^ b)

#define METAL_EMULATOR_PREFIX(name, more, start, expression)                                    \
  template <class T>                                                                            \
  METAL_EMULATOR_UNCHECKED T name(T own, METAL_EMULATOR_PLACE) {                                \
    const simd_values<T> values(own, simd_operation::prefix, place);                            \
    return joined(values, own_lane() + more, T(start), [](T a, T b) { return T(expression); }); \
  }
METAL_EMULATOR_PREFIX(simd_prefix_inclusive_sum, 1, 0, a + b)
METAL_EMULATOR_PREFIX(simd_prefix_exclusive_sum, 0, 0, a + b)
METAL_EMULATOR_PREFIX(simd_prefix_inclusive_product, 1, 1, a* b)
METAL_EMULATOR_PREFIX(simd_prefix_exclusive_product, 0, 1, a* b)

class simd_vote {
 public:
  typedef ulong vote_t;

  explicit simd_vote(vote_t lanes) : lanes_(lanes) {}
  explicit operator vote_t() const { return lanes_; }
  bool all() const { return lanes_ == 0xffffffffu; }
  bool any() const { return lanes_ != 0; }

 private:
  vote_t lanes_;
};

METAL_EMULATOR_UNCHECKED inline simd_vote simd_ballot(bool own, METAL_EMULATOR_PLACE) {
  const simd_values<uint> values(uint(own), simd_operation::ballot, place);
  ulong lanes = 0;
  for (uint lane = 0; lane < metal_emulator::simd_width; ++lane) {
    if (values.has(lane) && values[lane] != 0) lanes |= 1ul << lane;
  }
  return simd_vote(lanes);
}
METAL_EMULATOR_UNCHECKED inline simd_vote simd_active_threads_mask(METAL_EMULATOR_PLACE) {
  return simd_ballot(true, place);
}
METAL_EMULATOR_UNCHECKED inline bool simd_any(bool own, METAL_EMULATOR_PLACE) { return simd_ballot(own, place).any(); }
METAL_EMULATOR_UNCHECKED inline bool simd_all(bool own, METAL_EMULATOR_PLACE) {
  return !simd_ballot(!own, place).any();
}
METAL_EMULATOR_UNCHECKED inline bool simd_is_first(METAL_EMULATOR_PLACE) {
  return ulong(simd_active_threads_mask(place)) << (63 - own_lane()) == 1ul << 63;
}
template <class T>
METAL_EMULATOR_UNCHECKED T simd_broadcast_first(T own, METAL_EMULATOR_PLACE) {
  const simd_values<T> values(own, simd_operation::broadcast, place);
  uint first = 0;
  while (!values.has(first)) ++first;
  return values[first];
}

}  // namespace metal
