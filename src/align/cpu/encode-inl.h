// Turns letters into matrix codes. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_ENCODE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_ENCODE_INL_H_
#undef ANNEAL_ALIGN_CPU_ENCODE_INL_H_
#else
#define ANNEAL_ALIGN_CPU_ENCODE_INL_H_
#endif

#include <hwy/highway.h>

#include <cstring>

#include "align/letter_table.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes one code per letter and returns whether all were valid.
inline bool encode_letters(const LetterTable& table, const char* letters, std::size_t count, std::uint8_t* codes) {
  const hn::ScalableTag<std::uint8_t> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const V low_half = hn::LoadDup128(d, table.by_low_bits.data());
  const V high_half = hn::LoadDup128(d, table.by_low_bits.data() + 16);
  const V invalid = hn::Set(d, SubstitutionMatrix::invalid_code);
  const V asterisk = hn::Set(d, table.asterisk);
  const V limit = hn::Set(d, table.size);
  const auto encode = [&](V bytes) HWY_ATTR {
    if (table.encoded) return hn::IfThenElse(hn::Lt(bytes, limit), bytes, invalid);
    const V index = hn::And(bytes, hn::Set(d, std::uint8_t{15}));
    const auto upper_half = hn::Ne(hn::And(bytes, hn::Set(d, std::uint8_t{16})), hn::Zero(d));
    const V code =
        hn::IfThenElse(upper_half, hn::TableLookupBytes(high_half, index), hn::TableLookupBytes(low_half, index));
    const auto is_letter = hn::Eq(hn::And(bytes, hn::Set(d, std::uint8_t{0xC0})), hn::Set(d, std::uint8_t{0x40}));
    const auto is_asterisk = hn::Eq(bytes, hn::Set(d, static_cast<std::uint8_t>('*')));
    return hn::IfThenElse(is_asterisk, asterisk, hn::IfThenElse(is_letter, code, invalid));
  };
  V seen = hn::Zero(d);
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    const V code = encode(hn::LoadU(d, reinterpret_cast<const std::uint8_t*>(letters) + k));
    hn::StoreU(code, d, codes + k);
    seen = hn::Or(seen, code);
  }
  if (k < count) {
    HWY_ALIGN std::uint8_t rest[HWY_MAX_BYTES];
    // Filled up with a letter of the rest, so that the filling is valid where the rest is.
    std::memset(rest, static_cast<unsigned char>(letters[k]), sizeof(rest));
    std::memcpy(rest, letters + k, count - k);
    const V code = encode(hn::Load(d, rest));
    hn::Store(code, d, rest);
    std::memcpy(codes + k, rest, count - k);
    seen = hn::Or(seen, code);
  }
  // Valid codes are below 32.
  return hn::AllFalse(d, hn::Gt(seen, hn::Set(d, std::uint8_t{31})));
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
