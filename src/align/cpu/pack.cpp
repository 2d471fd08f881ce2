#include "align/cpu/pack.h"

#include <algorithm>
#include <cstring>
#include <utility>

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
using LetterTag = hn::CappedTag<std::uint8_t, 64>;

/// Codes below 4, four to a byte.
HWY_INLINE void store_packed(hn::Vec<LetterTag> code, std::uint8_t* to) {
  const hn::Repartition<std::uint16_t, LetterTag> d16;
  const hn::Repartition<std::uint32_t, LetterTag> d32;
  const hn::Rebind<std::uint8_t, decltype(d32)> d_packed;
  const auto ones = hn::BitCast(d16, code);
  const auto twos = hn::BitCast(d32, hn::Or(ones, hn::ShiftRight<6>(ones)));
  const auto fours = hn::And(hn::Or(twos, hn::ShiftRight<12>(twos)), hn::Set(d32, 0xFFu));
  // Highway 1.0.3's TruncateTo() is wrong here for AVX3_DL.
  hn::StoreU(hn::U8FromU32(fours), d_packed, to);
}

/// Packs what `code_of` makes of each vector of letters. There is at least one.
template <class CodeOf>
HWY_INLINE void pack_codes(const CodeOf& code_of, std::string_view letters, std::uint8_t* packed) {
  const LetterTag d;
  const std::size_t lanes = hn::Lanes(d), count = letters.size();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(letters.data());
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) store_packed(code_of(hn::LoadU(d, bytes + k)), packed + k / 4);
  if (k == count) return;
  std::uint8_t* const to = packed + k / 4;
  store_packed(code_of(hn::LoadU(d, bytes + count - lanes)), to);
  std::uint64_t rest[2] = {};
  std::memcpy(rest, to, lanes / 4);
  std::size_t known = 2 * (lanes - (count - k));  // bits of letters that are packed already
  if (lanes > 32 && known >= 64) {
    rest[0] = std::exchange(rest[1], 0);
    known -= 64;
  }
  rest[0] = rest[0] >> known | rest[1] << 1 << (63 - known);
  rest[1] >>= known;
  std::memcpy(to, rest, lanes > 32 ? 16 : 8);
}

/// As PackLetters, of A, C, G and T only, which the low four bits of a letter tell apart. Ends also with a text that is
/// shorter than a vector.
inline std::size_t pack_nucleotides(std::span<const std::string_view> texts, const std::int64_t* begins,
                                    std::uint8_t* packed) {
  constexpr std::size_t ahead = 16, prefetched = 4, line = 64;
  constexpr std::uint8_t none = 0xFF;  // no letter in upper case
  HWY_ALIGN static constexpr std::uint8_t letter_of[16] = {none, 'A',  none, 'C',  'T',  none, none, 'G',
                                                           none, none, none, none, none, none, none, none};
  HWY_ALIGN static constexpr std::uint8_t code_of[16] = {0, 0, 0, 1, 3, 0, 0, 2};
  const LetterTag d;
  using V = hn::Vec<LetterTag>;
  const V letters_there = hn::LoadDup128(d, letter_of), codes = hn::LoadDup128(d, code_of);
  const V low_bits = hn::Set(d, std::uint8_t{0x0F}), but_case = hn::Set(d, std::uint8_t{0xDF});
  for (std::size_t n = 0; n < texts.size(); ++n) {
    // The processor foresees only what follows in the same page. All is read once.
    const std::string_view later = texts[std::min(n + ahead, texts.size() - 1)];
    const std::size_t bytes = std::min(later.size(), prefetched * line);
    for (std::size_t k = 0; k < bytes; k += line) __builtin_prefetch(later.data() + k, 0, 0);
    const std::string_view text = texts[n];
    if (n > 0 && are_one(text, texts[n - 1])) continue;
    if (text.size() < hn::Lanes(d)) return n;
    V wrong = hn::Zero(d);
    pack_codes(
        [&](V byte) HWY_ATTR __attribute__((always_inline)) {
          const V low = hn::And(byte, low_bits);
          wrong = hn::Or(wrong, hn::Xor(hn::And(byte, but_case), hn::TableLookupBytes(letters_there, low)));
          return hn::TableLookupBytes(codes, low);
        },
        text, packed + static_cast<std::size_t>(begins[n]) / 4);
    if (!hn::AllTrue(d, hn::Eq(wrong, hn::Zero(d)))) return n;
  }
  return texts.size();
}

inline bool pack_any(const LetterTable& table, std::string_view text, std::uint8_t* packed) {
  const LetterTag d;
  using V = hn::Vec<LetterTag>;
  HWY_ALIGN char few[64];
  if (text.empty()) return true;
  if (text.size() < hn::Lanes(d)) {
    // Filled up with one of the letters, so that the filling is right where they are.
    std::memset(few, text[0], sizeof(few));
    std::memcpy(few, text.data(), text.size());
    HWY_ALIGN std::uint8_t of_few[64 / 4];
    const bool is_right = pack_any(table, {few, hn::Lanes(d)}, of_few);
    std::memcpy(packed, of_few, (text.size() + 3) / 4);
    return is_right;
  }
  const V low_half = hn::LoadDup128(d, table.by_low_bits.data());
  const V high_half = hn::LoadDup128(d, table.by_low_bits.data() + 16);
  V seen = hn::Zero(d);
  pack_codes(
      [&](V byte) HWY_ATTR __attribute__((always_inline)) {
        V code = byte;
        if (!table.encoded) {
          const auto is_letter = hn::Eq(hn::And(byte, hn::Set(d, std::uint8_t{0xC0})), hn::Set(d, std::uint8_t{0x40}));
          code = hn::IfThenElse(is_letter, lookup_of_32(d, low_half, high_half, byte), hn::Set(d, std::uint8_t{4}));
        }
        seen = hn::Or(seen, code);
        return hn::And(code, hn::Set(d, std::uint8_t{3}));
      },
      text, packed);
  return hn::AllFalse(d, hn::Gt(seen, hn::Set(d, std::uint8_t{3})));
}

std::size_t pack_letters(const LetterTable& table, std::span<const std::string_view> texts, const std::int64_t* begins,
                         std::uint8_t* packed) {
  const auto is = [&](char letter, std::uint8_t code) { return table.by_low_bits[letter & 31] == code; };
  const bool has_usual_codes = !table.encoded && is('A', 0) && is('C', 1) && is('G', 2) && is('T', 3);
  for (std::size_t n = 0; n < texts.size(); ++n) {
    if (has_usual_codes) n += pack_nucleotides(texts.subspan(n), begins + n, packed);
    if (n < texts.size() && !pack_any(table, texts[n], packed + static_cast<std::size_t>(begins[n]) / 4)) return n;
  }
  return texts.size();
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

std::size_t pack_all_plainly(const LetterTable& table, std::span<const std::string_view> texts,
                             const std::int64_t* begins, std::uint8_t* packed) {
  std::size_t n = 0;
  while (n < texts.size() && pack_plainly(table, texts[n], packed + static_cast<std::size_t>(begins[n]) / 4)) ++n;
  return n;
}

}  // namespace

PackLetters find_packer(std::string_view backend) {
  static const device::cpu::KernelLibrary<PackLetters> library(
      [](std::int64_t target) { return device::cpu::function_for(HWY_DISPATCH_TABLE(packer), target)(); });
  const PackLetters* const found = library.find(backend);
  return found == nullptr || *found == nullptr ? pack_all_plainly : *found;
}

}  // namespace anneal::align::cpu
#endif
