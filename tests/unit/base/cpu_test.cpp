#include "base/cpu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/memory.h"

namespace anneal::base {
namespace {

TEST(Cpu, ThisMachineHasOne) {
  EXPECT_GE(usable_processors(), 1);
  EXPECT_LE(usable_processors(), static_cast<int>(std::thread::hardware_concurrency()));
  EXPECT_THAT(processor_name(), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(processor_identity(), testing::StartsWith(processor_name()));
}

TEST(Memory, ThisMachineHasSome) {
  EXPECT_GT(available_memory(), 0u);
  EXPECT_LE(available_memory(), total_memory());
}

}  // namespace
}  // namespace anneal::base
