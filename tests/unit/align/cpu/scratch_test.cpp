#include "align/cpu/scratch.h"

#include <gtest/gtest.h>

#include "device/cpu/device.h"

namespace anneal::align::cpu {
namespace {

TEST(ScratchBytes, OnlyGrow) {
  device::cpu::Device device(1);
  device::BufferPool pool(device, device::MemoryKind::shared);
  {
    ScratchBytes scratch(pool);
    std::uint8_t* const first = scratch.reserve(1000);
    first[999] = 1;
    EXPECT_EQ(scratch.reserve(10), first);
    EXPECT_EQ(scratch.reserve(1000), first);
    scratch.reserve(100000)[99999] = 1;
    EXPECT_GE(pool.usage().in_use, 100000u);
    EXPECT_LT(pool.usage().in_use, 2 * 100000u) << "the smaller buffer went back";
  }
  EXPECT_EQ(pool.usage().in_use, 0u);
}

}  // namespace
}  // namespace anneal::align::cpu
