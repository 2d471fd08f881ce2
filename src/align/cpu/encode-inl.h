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

/// Entry `index % 32` of a table of 32, whose halves are repeated in each block of 16 lanes.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V lookup_of_32(D d, V low_half, V high_half, V index) {
  const V in_half = hn::And(index, hn::Set(d, std::uint8_t{15}));
  return hn::IfThenElse(hn::TestBit(index, hn::Set(d, std::uint8_t{16})), hn::TableLookupBytes(high_half, in_half),
                        hn::TableLookupBytes(low_half, in_half));
}

/// Writes one code per letter and returns whether all were valid.
inline bool encode_letters(const LetterTable& table, const char* letters, std::size_t count, std::uint8_t* codes) {
  const hn::ScalableTag<std::uint8_t> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(letters);
  const V low_half = hn::LoadDup128(d, table.by_low_bits.data());
  const V high_half = hn::LoadDup128(d, table.by_low_bits.data() + 16);
  const V invalid = hn::Set(d, SubstitutionMatrix::invalid_code);
  const V kind_bits = hn::Set(d, std::uint8_t{0xC0});
  const V letter_kind = hn::Set(d, std::uint8_t{0x40});
  const auto code_of_letter = [&](V letter) HWY_ATTR { return lookup_of_32(d, low_half, high_half, letter); };
  const auto code_of_any = [&](V byte) HWY_ATTR {
    if (table.encoded) return hn::IfThenElse(hn::Lt(byte, hn::Set(d, table.size)), byte, invalid);
    const auto is_letter = hn::Eq(hn::And(byte, kind_bits), letter_kind);
    const auto is_asterisk = hn::Eq(byte, hn::Set(d, static_cast<std::uint8_t>('*')));
    return hn::IfThenElse(is_asterisk, hn::Set(d, table.asterisk),
                          hn::IfThenElse(is_letter, code_of_letter(byte), invalid));
  };
  V seen = hn::Zero(d);
  const auto encode = [&](const std::uint8_t* from, std::uint8_t* to) HWY_ATTR {
    const V byte = hn::LoadU(d, from);
    const bool letters_only = !table.encoded && hn::AllTrue(d, hn::Eq(hn::And(byte, kind_bits), letter_kind));
    const V code = letters_only ? code_of_letter(byte) : code_of_any(byte);
    hn::StoreU(code, d, to);
    seen = hn::Or(seen, code);
  };
  if (count >= lanes) {
    for (std::size_t k = 0; k + lanes < count; k += lanes) encode(bytes + k, codes + k);
    encode(bytes + count - lanes, codes + count - lanes);
  } else if (count > 0) {
    HWY_ALIGN std::uint8_t padded[HWY_MAX_BYTES];
    // Filled up with one of the letters, so that the filling is valid where they are.
    std::memset(padded, bytes[0], sizeof(padded));
    std::memcpy(padded, bytes, count);
    encode(padded, padded);
    std::memcpy(codes, padded, count);
  }
  // Valid codes are below 32.
  return hn::AllFalse(d, hn::Gt(seen, hn::Set(d, std::uint8_t{31})));
}

/// Writes numbers[code] for each code below 32; `numbers` has 32 entries. Returns whether all are below 0x80. Whole
/// vectors are read and written.
inline bool number_letters(const std::uint8_t* numbers, const std::uint8_t* codes, std::size_t count,
                           std::uint8_t* out) {
  const hn::ScalableTag<std::uint8_t> d;
  const auto low = hn::LoadDup128(d, numbers), high = hn::LoadDup128(d, numbers + 16);
  auto seen = hn::Zero(d);
  for (std::size_t k = 0; k < count; k += hn::Lanes(d)) {
    const auto number = lookup_of_32(d, low, high, hn::LoadU(d, codes + k));
    hn::StoreU(number, d, out + k);
    seen = hn::Or(seen, number);
  }
  return hn::AllFalse(d, hn::Gt(seen, hn::Set(d, std::uint8_t{0x7F})));
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
