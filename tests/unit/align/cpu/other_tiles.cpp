#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unit/align/cpu/other_tiles.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "unit/align/cpu/other_tiles.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/lanes-inl.h"
#include "align/cpu/local_lanes-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR
inline constexpr TileShape other_shape{.local = 6, .other = 3};

// Of scores in match form alone, to compile in little time.
void fill_other_tiles(const LaneJob& job) {
  const MatchScores scores{*job.scores};
  if (job.boundary.local) return fill_local_lanes_tracked<std::uint8_t, other_shape.local>(job, scores);
  fill_lanes_tracked<std::int8_t, other_shape.other>(job, scores);
}
#endif

LaneKernels other_tiles() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  return {&fill_other_tiles, other_shape};
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

align::cpu::LaneKernels other_tiles_for(std::int64_t target) {
  using namespace align::cpu;
  return device::cpu::function_for(HWY_DISPATCH_TABLE(other_tiles), target)();
}

}  // namespace anneal::test
#endif
