#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/letters.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "align/cpu/kernel_families.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/encode-inl.h"
#include "align/cpu/equal-inl.h"
#include "align/cpu/interleave-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

LetterKernels letter_family() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  return {&encode_letters, &equal_letters, &number_letters, &interleave, hn::Lanes(hn::ScalableTag<std::uint8_t>())};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {

HWY_EXPORT(letter_family);

LetterKernels letters_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(letter_family), target)();
}

}  // namespace anneal::align::cpu
#endif
