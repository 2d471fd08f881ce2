#include "align/cpu/kernels.h"

#include <gtest/gtest.h>

#include "align/cpu/width.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

TEST(FindKernels, KnowsVectorBackendsOnly) {
  EXPECT_EQ(find_kernels("scalar"), nullptr);
  EXPECT_EQ(find_kernels("abacus"), nullptr);
  EXPECT_EQ(find_kernels(""), nullptr);
  EXPECT_EQ(test::vector_backends().size() + 1, test::available_backends().size());
}

TEST(FindKernels, EveryKernelIsThere) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    SCOPED_TRACE(name);
    EXPECT_NE(kernels->encode, nullptr);
    EXPECT_NE(kernels->interleave, nullptr);
    EXPECT_GE(kernels->vector_bytes, 16u);
    EXPECT_LE(kernels->vector_bytes, 64u) << "engines keep 64 lanes of results";
    for (const int width : {width8, width16, width32}) {
      const WidthKernels& chosen = kernels->width[width];
      EXPECT_EQ(chosen.bits, 8 << width);
      EXPECT_EQ(chosen.lanes * static_cast<std::size_t>(chosen.bits) / 8, kernels->vector_bytes);
      EXPECT_NE(chosen.fill_lanes, nullptr);
      EXPECT_EQ(chosen.extend != nullptr, width != width8);
      EXPECT_EQ(chosen.fill_diagonals != nullptr, width != width8);
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
