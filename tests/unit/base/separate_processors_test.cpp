#include "base/separate_processors.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <thread>
#include <vector>

namespace anneal::base {
namespace {

#ifdef __linux__

cpu_set_t usable() {
  cpu_set_t set;
  CPU_ZERO(&set);
  EXPECT_EQ(sched_getaffinity(0, sizeof(set), &set), 0);
  return set;
}

// Makes this thread run there, and lets it run anywhere again.
void move_to(int processor) {
  const cpu_set_t before = usable();
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(static_cast<std::size_t>(processor), &only);
  ASSERT_EQ(sched_setaffinity(0, sizeof(only), &only), 0);
  ASSERT_EQ(sched_setaffinity(0, sizeof(before), &before), 0);
}

int first_usable() {
  const cpu_set_t all = usable();
  int processor = 0;
  while (!CPU_ISSET(static_cast<std::size_t>(processor), &all)) ++processor;
  return processor;
}

TEST(SeparateProcessors, AThreadLeavesTheProcessorOfAnother) {
  if (const cpu_set_t all = usable(); CPU_COUNT(&all) < 2) GTEST_SKIP() << "one processor";
  const int first = first_usable();
  int apart = 0;
  constexpr int repeats = 20;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    move_to(first);
    SeparateProcessors processors;
    std::thread other([&] {
      const cpu_set_t before = usable();
      move_to(first);
      processors.take_one();
      apart += sched_getcpu() == first ? 0 : 1;
      const cpu_set_t after = usable();
      EXPECT_TRUE(CPU_EQUAL(&before, &after));
    });
    other.join();
  }
  // The system may move either thread in between.
  EXPECT_GT(apart, repeats / 2);
}

TEST(SeparateProcessors, AThreadThatMayUseNoOtherStays) {
  std::thread alone([] {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(static_cast<std::size_t>(first_usable()), &only);
    ASSERT_EQ(sched_setaffinity(0, sizeof(only), &only), 0);
    SeparateProcessors processors;  // of this thread, whose children inherit where they may run
    std::thread other([&] {
      processors.take_one();
      const cpu_set_t after = usable();
      EXPECT_TRUE(CPU_EQUAL(&only, &after));
    });
    other.join();
  });
  alone.join();
}

#endif

TEST(SeparateProcessors, ManyThreadsComeAndGo) {
  SeparateProcessors processors;
  std::vector<std::thread> threads;
  for (int k = 0; k < 16; ++k) {
    threads.emplace_back([&] {
      for (int visit = 0; visit < 3; ++visit) processors.take_one();
    });
  }
  for (int visit = 0; visit < 3; ++visit) processors.take_one();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace anneal::base
