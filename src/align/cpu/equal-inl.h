// Compares letters of two sequences. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_EQUAL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_EQUAL_INL_H_
#undef ANNEAL_ALIGN_CPU_EQUAL_INL_H_
#else
#define ANNEAL_ALIGN_CPU_EQUAL_INL_H_
#endif

#include <hwy/highway.h>

#include <cstring>

#include "align/cpu/score_table.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The same, for at least as many letters as D has lanes.
template <class D>
HWY_INLINE bool equal_letters_of(D d, const std::uint8_t* a, const std::uint8_t* b, std::size_t count,
                                 std::uint64_t* equal) {
  const std::size_t lanes = hn::Lanes(d);
  auto seen = hn::Zero(d);
  const auto bits_at = [&](std::size_t k) HWY_ATTR {
    const auto from_a = hn::LoadU(d, a + k), from_b = hn::LoadU(d, b + k);
    seen = hn::Or(seen, hn::Or(from_a, from_b));
    std::uint64_t bits = 0;
    hn::StoreMaskBits(d, hn::Eq(from_a, from_b), reinterpret_cast<std::uint8_t*>(&bits));
    return bits;
  };
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    if (k % 64 == 0) equal[k / 64] = 0;
    equal[k / 64] |= bits_at(k) << (k % 64);
  }
  if (k % 64 == 0) equal[k / 64] = 0;
  // The last vector holds letters that were compared before.
  if (k < count) equal[k / 64] |= bits_at(count - lanes) >> (lanes - (count - k)) << (k % 64);
  return hn::AllFalse(d, hn::Ne(hn::And(seen, hn::Set(d, ScoreTable::unknown_bit)), hn::Zero(d)));
}

/// Sets bit k % 64 of word k / 64 where a[k] == b[k], for `count` nucleotide codes; writes count / 64 + 1 words.
/// Returns false, and the bits are then unusable, where there is an N.
inline bool equal_letters(const std::uint8_t* a, const std::uint8_t* b, std::size_t count, std::uint64_t* equal) {
  const hn::CappedTag<std::uint8_t, 64> d;
  if (count >= hn::Lanes(d)) return equal_letters_of(d, a, b, count, equal);
  const hn::CappedTag<std::uint8_t, 16> d16;
  if (count >= 16) return equal_letters_of(d16, a, b, count, equal);
  if (count == 0) {
    equal[0] = 0;
    return true;
  }
  std::uint8_t few_a[16] = {}, few_b[16] = {};
  std::memcpy(few_a, a, count);
  std::memcpy(few_b, b, count);
  const bool valid = equal_letters_of(d16, few_a, few_b, 16, equal);
  equal[0] &= (std::uint64_t{1} << count) - 1;
  return valid;
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
