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

/// Sets bit k % 64 of word k / 64 where a[k] == b[k], for `count` nucleotide codes; writes count / 64 + 1 words.
/// Returns false, and the bits are then unusable, where there is an N.
inline bool equal_letters(const std::uint8_t* a, const std::uint8_t* b, std::size_t count, std::uint64_t* equal) {
  const hn::CappedTag<std::uint8_t, 64> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto unknown = hn::Set(d, ScoreTable::unknown_bit);
  auto seen = hn::Zero(d);
  std::memset(equal, 0, (count / 64 + 1) * sizeof(*equal));
  auto* bytes = reinterpret_cast<std::uint8_t*>(equal);
  std::uint8_t mask[64 / 8];
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    const auto from_a = hn::LoadU(d, a + k), from_b = hn::LoadU(d, b + k);
    seen = hn::Or(seen, hn::Or(from_a, from_b));
    hn::StoreMaskBits(d, hn::Eq(from_a, from_b), bytes + k / 8);
  }
  if (k < count) {
    HWY_ALIGN std::uint8_t rest_a[64] = {}, rest_b[64] = {};
    std::memcpy(rest_a, a + k, count - k);
    std::memcpy(rest_b, b + k, count - k);
    const auto from_a = hn::Load(d, rest_a), from_b = hn::Load(d, rest_b);
    seen = hn::Or(seen, hn::Or(from_a, from_b));
    const std::size_t written = hn::StoreMaskBits(d, hn::Eq(from_a, from_b), mask);
    std::memcpy(bytes + k / 8, mask, written);
  }
  return hn::AllFalse(d, hn::Ne(hn::And(seen, unknown), hn::Zero(d)));
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
