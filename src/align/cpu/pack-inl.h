// Packs codes of nucleotides into two bits each. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_PACK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_PACK_INL_H_
#undef ANNEAL_ALIGN_CPU_PACK_INL_H_
#else
#define ANNEAL_ALIGN_CPU_PACK_INL_H_
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes the low two bits of each code, four to a byte, the first one lowest. Returns whether all codes are below 4.
/// Whole vectors of codes are read, and quarters of a vector written.
inline bool pack_letters(const std::uint8_t* codes, std::size_t count, std::uint8_t* packed) {
  const hn::ScalableTag<std::uint32_t> d;
  const hn::Repartition<std::uint8_t, decltype(d)> d8;
  const hn::Rebind<std::uint8_t, decltype(d)> d_packed;
  const auto two_bits = hn::Set(d8, std::uint8_t{3});
  const auto byte = hn::Set(d, std::uint32_t{0xFF});
  auto seen = hn::Zero(d8);
  for (std::size_t k = 0; k < count; k += hn::Lanes(d8), packed += hn::Lanes(d)) {
    const auto code = hn::LoadU(d8, codes + k);
    seen = hn::Or(seen, code);
    const auto letters = hn::BitCast(d, hn::And(code, two_bits));
    const auto pairs = hn::Or(letters, hn::ShiftRight<6>(letters));
    const auto fours = hn::And(hn::Or(pairs, hn::ShiftRight<12>(pairs)), byte);
    hn::StoreU(hn::TruncateTo(d_packed, fours), d_packed, packed);
  }
  return hn::AllFalse(d8, hn::Gt(seen, two_bits));
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
