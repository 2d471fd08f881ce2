#include "io/task_ring.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace anneal::io {
namespace {

struct Square {
  int number = 0;
  int result = 0;

  void run() {
    if (number < 0) throw std::runtime_error("negative");
    result = number * number;
  }
};

class TaskRings : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Threads, TaskRings, testing::Values(1, 2, 5));

TEST_P(TaskRings, GiveResultsInOrder) {
  TaskRing<Square> ring(GetParam());
  int started = 0, taken = 0;
  while (taken < 200) {
    while (started < 200 && !ring.is_full()) {
      ring.next().number = started++;
      ring.start();
    }
    ASSERT_FALSE(ring.empty());
    EXPECT_EQ(ring.front().result, taken * taken);
    ring.pop();
    ++taken;
  }
  EXPECT_TRUE(ring.empty());
}

TEST_P(TaskRings, ThrowWhatAJobThrew) {
  TaskRing<Square> ring(GetParam());
  const auto take_one = [&](int number) {
    ring.next().number = number;
    ring.start();
    return ring.front().result;
  };
  EXPECT_THROW(take_one(-1), std::runtime_error);
}

TEST_P(TaskRings, WaitForWhatNobodyTakes) {
  static std::atomic<int> runs;
  runs = 0;
  struct Count {
    void run() { ++runs; }
  };
  std::size_t started = 0;
  {
    TaskRing<Count> ring(GetParam());
    for (; !ring.is_full(); ++started) {
      ring.next();
      ring.start();
    }
  }
  EXPECT_EQ(static_cast<std::size_t>(runs), started);
}

}  // namespace
}  // namespace anneal::io
