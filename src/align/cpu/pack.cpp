#include "align/cpu/pack.h"

#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/pack.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

PackLetters packer() {
#if HWY_TARGET == HWY_SCALAR
  return nullptr;
#else
  return [](const std::uint8_t* codes, std::size_t count, std::uint8_t* packed) HWY_ATTR {
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
      // Highway 1.0.3's TruncateTo() is wrong here for AVX3_DL.
      hn::StoreU(hn::U8FromU32(fours), d_packed, packed);
    }
    return hn::AllFalse(d8, hn::Gt(seen, two_bits));
  };
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

bool pack_plainly(const std::uint8_t* codes, std::size_t count, std::uint8_t* packed) {
  unsigned seen = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const unsigned shift = 2 * (k % 4);
    if (shift == 0) packed[k / 4] = 0;
    packed[k / 4] = static_cast<std::uint8_t>(packed[k / 4] | (codes[k] & 3u) << shift);
    seen |= codes[k];
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
