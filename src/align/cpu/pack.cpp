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
bool pack_letters(const LetterTable& table, std::string_view letters, std::uint8_t* packed) {
  const hn::ScalableTag<std::uint32_t> d;
  const hn::Repartition<std::uint8_t, decltype(d)> d8;
  const hn::Rebind<std::uint8_t, decltype(d)> d_packed;
  using V = hn::Vec<decltype(d8)>;
  const std::size_t lanes = hn::Lanes(d8);
  const V low_half = hn::LoadDup128(d8, table.by_low_bits.data());
  const V high_half = hn::LoadDup128(d8, table.by_low_bits.data() + 16);
  const V other = hn::Set(d8, std::uint8_t{4});
  const auto code_of = [&](V byte) HWY_ATTR {
    if (table.encoded) return byte;
    const auto is_letter = hn::Eq(hn::And(byte, hn::Set(d8, std::uint8_t{0xC0})), hn::Set(d8, std::uint8_t{0x40}));
    return hn::IfThenElse(is_letter, lookup_of_32(d8, low_half, high_half, byte), other);
  };
  V seen = hn::Zero(d8);
  const auto pack = [&](V code, std::uint8_t* to) HWY_ATTR {
    seen = hn::Or(seen, code);
    const auto bits = hn::BitCast(d, hn::And(code, hn::Set(d8, std::uint8_t{3})));
    const auto pairs = hn::Or(bits, hn::ShiftRight<6>(bits));
    const auto fours = hn::And(hn::Or(pairs, hn::ShiftRight<12>(pairs)), hn::Set(d, std::uint32_t{0xFF}));
    // Highway 1.0.3's TruncateTo() is wrong here for AVX3_DL.
    hn::StoreU(hn::U8FromU32(fours), d_packed, to);
  };
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(letters.data());
  const std::size_t count = letters.size();
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) pack(code_of(hn::LoadU(d8, bytes + k)), packed + k / 4);
  if (k < count) {
    // Codes of the last letters, and nothing after them.
    HWY_ALIGN std::uint8_t last[2 * HWY_MAX_BYTES];
    hn::Store(hn::Zero(d8), d8, last + lanes);
    if (k > 0) {
      hn::Store(code_of(hn::LoadU(d8, bytes + count - lanes)), d8, last);
      pack(hn::LoadU(d8, last + (k + lanes - count)), packed + k / 4);
    } else {
      std::memcpy(last, bytes, count);
      const auto is_there = hn::FirstN(d8, count);
      pack(hn::IfThenElseZero(is_there, code_of(hn::Load(d8, last))), packed);
    }
  }
  return hn::AllFalse(d8, hn::Gt(seen, hn::Set(d8, std::uint8_t{3})));
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
