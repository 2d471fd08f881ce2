#include "align/cpu/kernels.h"

#include <gtest/gtest.h>

#include "align/cpu/width.h"
#include "anneal/device.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

TEST(FindKernels, KnowsVectorBackendsOnly) {
  EXPECT_EQ(find_kernels("scalar"), nullptr);
  EXPECT_EQ(find_kernels("abacus"), nullptr);
  EXPECT_EQ(find_kernels(""), nullptr);
  for (const Backend& backend : backends()) {
    const bool has_kernels = backend.available && backend.kind == "cpu" && backend.name != "scalar";
    EXPECT_EQ(find_kernels(backend.name) != nullptr, has_kernels) << backend.name;
  }
}

TEST(FindKernels, EveryKernelIsThere) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    SCOPED_TRACE(name);
    ASSERT_NE(kernels, nullptr);
    EXPECT_NE(kernels->encode, nullptr);
    EXPECT_NE(kernels->interleave, nullptr);
    EXPECT_GE(kernels->vector_bytes, 16u);
    EXPECT_LE(kernels->vector_bytes, max_lanes) << "the stages keep this many results";
    for (const int width : {width8, width16, width32}) {
      const WidthKernels& chosen = kernels->width[width];
      EXPECT_EQ(chosen.bits, 8 << width);
      EXPECT_EQ(chosen.lanes * static_cast<std::size_t>(chosen.bits) / 8, kernels->vector_bytes);
      EXPECT_NE(chosen.fill_lanes, nullptr);
      EXPECT_NE(chosen.extend, nullptr);
      EXPECT_EQ(chosen.fill_diagonals != nullptr, width != width8);
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
