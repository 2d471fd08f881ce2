#include "device/cpu/queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace anneal::device::cpu {
namespace {

using namespace std::chrono_literals;

class QueueThreads : public testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Threads, QueueThreads, testing::Values(1, 2, 5));

TEST_P(QueueThreads, ParallelForCallsEachIndexOnce) {
  Queue queue(GetParam());
  EXPECT_GE(queue.threads(), 1);
  EXPECT_LE(queue.threads(), GetParam());
  for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
    std::vector<std::atomic<int>> calls(count);
    queue.parallel_for(count, [&calls](std::size_t i) { ++calls[i]; });
    for (const auto& n : calls) EXPECT_EQ(n, 1);
  }
}

TEST_P(QueueThreads, SlotsAreExclusiveEvenAmongCallers) {
  Queue queue(GetParam());
  std::vector<std::atomic<int>> running(static_cast<std::size_t>(queue.threads()));
  std::atomic<int> clashes = 0;
  const auto call = [&] {
    queue.parallel_for(300, [&](std::size_t) {
      const int slot = queue.slot();
      ASSERT_GE(slot, 0);
      ASSERT_LT(slot, queue.threads());
      if (++running[static_cast<std::size_t>(slot)] != 1) ++clashes;
      std::this_thread::sleep_for(20us);
      --running[static_cast<std::size_t>(slot)];
    });
  };
  std::vector<std::thread> callers(4);
  for (std::thread& caller : callers) caller = std::thread(call);
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(clashes, 0);
}

TEST_P(QueueThreads, ParallelForNests) {
  Queue queue(GetParam());
  std::atomic<int> calls = 0;
  queue.parallel_for(20, [&](std::size_t) {
    thread_local int depth = 0;
    EXPECT_EQ(++depth, 1) << "an outer body must not start on top of another";
    queue.parallel_for(30, [&calls](std::size_t) { ++calls; });
    --depth;
  });
  EXPECT_EQ(calls, 600);
}

TEST_P(QueueThreads, ParallelForRethrows) {
  Queue queue(GetParam());
  const auto body = [](std::size_t i) {
    if (i == 7) throw std::runtime_error("seven");
  };
  EXPECT_THROW(queue.parallel_for(100, body), std::runtime_error);
  int calls = 0;
  queue.parallel_for(1, [&calls](std::size_t) { ++calls; });
  EXPECT_EQ(calls, 1);
}

TEST_P(QueueThreads, TasksRunInOrder) {
  Queue queue(GetParam());
  std::vector<int> order;
  for (int i = 0; i < 100; ++i) queue.submit([&order, i] { order.push_back(i); });
  queue.synchronize();
  ASSERT_EQ(order.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST_P(QueueThreads, TasksMayUseParallelForAndSubmit) {
  Queue queue(GetParam());
  std::atomic<int> calls = 0;
  queue.submit([&] {
    queue.parallel_for(50, [&calls](std::size_t) { ++calls; });
    queue.submit([&calls] { ++calls; });
  });
  queue.parallel_for(50, [&calls](std::size_t) { ++calls; });
  queue.synchronize();
  EXPECT_EQ(calls, 101);
}

TEST(Queue, CopiesInOrder) {
  Queue queue(1);
  int from = 1;
  int to = 0;
  queue.submit([&from] { from = 2; });
  queue.copy(&to, &from, sizeof(int));
  queue.submit([&from] { from = 3; });
  queue.copy(nullptr, nullptr, 0);
  queue.synchronize();
  EXPECT_EQ(to, 2);
}

TEST(Queue, SubmitDoesNotWait) {
  Queue queue(1);
  HostEvent go;
  bool ran = false;
  queue.submit([&] {
    go.wait();
    ran = true;
  });
  const auto done = queue.record();
  EXPECT_FALSE(done->is_done());
  go.complete();
  done->wait();
  EXPECT_TRUE(done->is_done());
  EXPECT_TRUE(ran);
}

TEST(Queue, SynchronizeWithoutWorkReturns) {
  Queue queue(1);
  queue.synchronize();
  queue.synchronize();
}

TEST(Queue, AfterAnErrorTasksAreSkippedUntilItIsSeen) {
  Queue queue(2);
  bool ran = false;
  queue.submit([] { throw std::runtime_error("first"); });
  queue.submit([&ran] { ran = true; });
  queue.record()->wait();
  EXPECT_THROW(queue.synchronize(), std::runtime_error);
  EXPECT_FALSE(ran);
  queue.submit([&ran] { ran = true; });
  queue.synchronize();
  EXPECT_TRUE(ran);
}

TEST(Queue, WaitsForAnotherQueue) {
  Queue first(1);
  Queue second(1);
  HostEvent go;
  std::vector<int> order;
  first.submit([&] {
    go.wait();
    order.push_back(1);
  });
  second.wait(first.record());
  second.submit([&order] { order.push_back(2); });
  go.complete();
  second.synchronize();
  EXPECT_EQ(order, (std::vector{1, 2}));
}

TEST(Queue, DestructionFinishesTheWork) {
  int done = 0;
  {
    Queue queue(1);
    for (int i = 0; i < 10; ++i) queue.submit([&done] { ++done; });
  }
  EXPECT_EQ(done, 10);
}

}  // namespace
}  // namespace anneal::device::cpu
