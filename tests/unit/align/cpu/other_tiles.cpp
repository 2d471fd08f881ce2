#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unit/align/cpu/other_tiles.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "unit/align/cpu/other_tiles.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/local_lanes-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR
// Of scores in match form alone, to compile in little time.
template <typename T, std::int64_t columns>
void fill_other_tiles(const LaneJob& job) {
  fill_local_lanes_tracked<T, columns>(job, MatchScores{*job.scores});
}
#endif

test::OtherTiles other_tiles() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  return {.bits8 = {&fill_other_tiles<std::uint8_t, 6>, 6}, .bits16 = {&fill_other_tiles<std::uint16_t, 3>, 3}};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {
HWY_EXPORT(other_tiles);
}

namespace anneal::test {

OtherTiles other_tiles_for(std::int64_t target) {
  using namespace align::cpu;
  return device::cpu::function_for(HWY_DISPATCH_TABLE(other_tiles), target)();
}

}  // namespace anneal::test
#endif
