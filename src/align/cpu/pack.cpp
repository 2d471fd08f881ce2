#include "align/cpu/pack.h"

#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/pack.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/encode-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
/// Packs what `code_of` makes of each vector of letters. It also sees zeros behind the last one.
template <class CodeOf>
HWY_INLINE void pack_codes(const CodeOf& code_of, std::string_view letters, std::uint8_t* packed) {
  const hn::ScalableTag<std::uint32_t> d;
  const hn::Repartition<std::uint8_t, decltype(d)> d8;
  const hn::Rebind<std::uint8_t, decltype(d)> d_packed;
  using V = hn::Vec<decltype(d8)>;
  const std::size_t lanes = hn::Lanes(d8);
  const auto pack = [&](V code, std::uint8_t* to) HWY_ATTR {
    // The highest byte of the product has all four: each factor moves one there, and nothing overlaps.
    const auto codes = hn::BitCast(d, hn::And(code, hn::Set(d8, std::uint8_t{3})));
    const auto fours = hn::ShiftRight<24>(hn::Mul(codes, hn::Set(d, 1u << 24 | 1u << 18 | 1u << 12 | 1u << 6)));
    // Highway 1.0.3's TruncateTo() is wrong here for AVX3_DL.
    hn::StoreU(hn::U8FromU32(fours), d_packed, to);
  };
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(letters.data());
  const std::size_t count = letters.size();
  if (count == 0) return;
  HWY_ALIGN std::uint8_t last[HWY_MAX_BYTES];
  if (count < lanes) {
    hn::Store(hn::Zero(d8), d8, last);
    std::memcpy(last, bytes, count);
    pack(hn::IfThenElseZero(hn::FirstN(d8, count), code_of(hn::Load(d8, last), count)), packed);
    return;
  }
  const std::size_t whole = count / 4 * 4;  // letters of full bytes
  for (std::size_t k = 0; k + lanes < whole; k += lanes) pack(code_of(hn::LoadU(d8, bytes + k), lanes), packed + k / 4);
  pack(code_of(hn::LoadU(d8, bytes + whole - lanes), lanes), packed + (whole - lanes) / 4);
  hn::Store(code_of(hn::LoadU(d8, bytes + count - lanes), lanes), d8, last);
  std::uint32_t four;
  std::memcpy(&four, last + lanes - 4, 4);
  const std::uint64_t rest = (std::uint64_t{four} & 0x03030303u) >> (8 * (4 - (count - whole)));
  packed[whole / 4] = static_cast<std::uint8_t>(rest | rest >> 6 | rest >> 12 | rest >> 18);
}

/// Only A, C, G and T, which the low four bits of a letter tell apart: false for any other byte.
inline bool pack_nucleotides(std::string_view letters, std::uint8_t* packed) {
  const hn::ScalableTag<std::uint8_t> d;
  using V = hn::Vec<decltype(d)>;
  constexpr std::uint8_t none = 0xFF;  // no letter in upper case
  HWY_ALIGN static constexpr std::uint8_t letter_of[16] = {none, 'A',  none, 'C',  'T',  none, none, 'G',
                                                           none, none, none, none, none, none, none, none};
  HWY_ALIGN static constexpr std::uint8_t code_of[16] = {0, 0, 0, 1, 3, 0, 0, 2};
  const V letters_there = hn::LoadDup128(d, letter_of), codes = hn::LoadDup128(d, code_of);
  V differ = hn::Zero(d);
  pack_codes(
      [&](V byte, std::size_t count) HWY_ATTR {
        const V low = hn::And(byte, hn::Set(d, std::uint8_t{0x0F})),
                upper = hn::And(byte, hn::Set(d, std::uint8_t{0xDF}));
        const V wrong = hn::Xor(upper, hn::TableLookupBytes(letters_there, low));
        differ = hn::Or(differ, count < hn::Lanes(d) ? hn::IfThenElseZero(hn::FirstN(d, count), wrong) : wrong);
        return hn::TableLookupBytes(codes, low);
      },
      letters, packed);
  return hn::AllTrue(d, hn::Eq(differ, hn::Zero(d)));
}

inline bool pack_any(const LetterTable& table, std::string_view letters, std::uint8_t* packed) {
  const hn::ScalableTag<std::uint8_t> d;
  using V = hn::Vec<decltype(d)>;
  const V low_half = hn::LoadDup128(d, table.by_low_bits.data());
  const V high_half = hn::LoadDup128(d, table.by_low_bits.data() + 16);
  V seen = hn::Zero(d);
  pack_codes(
      [&](V byte, std::size_t count) HWY_ATTR {
        V code = byte;
        if (!table.encoded) {
          const auto is_letter = hn::Eq(hn::And(byte, hn::Set(d, std::uint8_t{0xC0})), hn::Set(d, std::uint8_t{0x40}));
          code = hn::IfThenElse(is_letter, lookup_of_32(d, low_half, high_half, byte), hn::Set(d, std::uint8_t{4}));
        }
        seen = hn::Or(seen, count < hn::Lanes(d) ? hn::IfThenElseZero(hn::FirstN(d, count), code) : code);
        return code;
      },
      letters, packed);
  return hn::AllFalse(d, hn::Gt(seen, hn::Set(d, std::uint8_t{3})));
}

bool pack_letters(const LetterTable& table, std::string_view letters, std::uint8_t* packed) {
  const auto is = [&](char letter, std::uint8_t code) { return table.by_low_bits[letter & 31] == code; };
  const bool has_usual_codes = !table.encoded && is('A', 0) && is('C', 1) && is('G', 2) && is('T', 3);
  return (has_usual_codes && pack_nucleotides(letters, packed)) || pack_any(table, letters, packed);
}
#endif

PackLetters packer() {
#if HWY_TARGET == HWY_SCALAR
  return nullptr;
#else
  return &pack_letters;
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {
namespace {

HWY_EXPORT(packer);

bool pack_plainly(const LetterTable& table, std::string_view letters, std::uint8_t* packed) {
  unsigned seen = 0;
  for (std::size_t k = 0; k < letters.size(); ++k) {
    const unsigned shift = 2 * (k % 4);
    const unsigned code = table.code(static_cast<unsigned char>(letters[k]));
    if (shift == 0) packed[k / 4] = 0;
    packed[k / 4] = static_cast<std::uint8_t>(packed[k / 4] | (code & 3u) << shift);
    seen |= code;
  }
  return seen < 4;
}

}  // namespace

PackLetters find_packer(std::string_view backend) {
  static const device::cpu::KernelLibrary<PackLetters> library(
      [](std::int64_t target) { return device::cpu::function_for(HWY_DISPATCH_TABLE(packer), target)(); });
  const PackLetters* const found = library.find(backend);
  return found == nullptr || *found == nullptr ? pack_plainly : *found;
}

}  // namespace anneal::align::cpu
#endif
