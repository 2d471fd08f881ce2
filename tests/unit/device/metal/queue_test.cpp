#include "device/metal/queue.h"

#include <gmock/gmock.h>

#include <numeric>
#include <thread>
#include <vector>

#include "device/buffer_pool.h"
#include "device/metal/self_check.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

class MetalQueue : public MetalTest {
 protected:
  static void launch_fill(Queue& queue, std::uint32_t* data, std::uint32_t first, unsigned size) {
    queue.launch(fill_kernel, cover({size}, {128}), FirstGroup{}, data, first, size);
  }
  static std::vector<unsigned char> counted_bytes(std::size_t size) {
    std::vector<unsigned char> bytes(size);
    std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(1));
    return bytes;
  }
};
INSTANTIATE_TEST_SUITE_P(On, MetalQueue, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalQueue, KernelsCopiesAndTasksRunInOrder) {
  constexpr unsigned size = 1000;
  BufferPool memory(device(), MemoryKind::device);
  BufferPool staging(device(), MemoryKind::staging);
  const auto numbers = memory.acquire<std::uint32_t>(size);
  const auto before = staging.acquire<std::uint32_t>(size);
  const auto after = staging.acquire<std::uint32_t>(size);
  std::vector<std::uint32_t> seen;
  Queue queue(device());
  launch_fill(queue, numbers.data(), 5, size);
  queue.copy(before.data(), numbers.data(), size * sizeof(std::uint32_t));
  queue.submit([&] { seen.push_back(before[size - 1]); });
  queue.fill(numbers.data(), 0xff, size * sizeof(std::uint32_t));
  queue.copy(after.data(), numbers.data(), size * sizeof(std::uint32_t));
  queue.submit([&] { seen.push_back(after[0]); });
  queue.synchronize();
  EXPECT_EQ(seen, (std::vector<std::uint32_t>{5 + size - 1, 0xffffffff}));
  EXPECT_EQ(before[0], 5u);
}

TEST_P(MetalQueue, NothingToCopyIsNoCopy) {
  Queue queue(device());
  queue.copy(nullptr, nullptr, 0);
  queue.fill(nullptr, 0, 0);
  EXPECT_EQ(runtime().faults().count(Operation::copy), 0u);
  queue.synchronize();
  queue.synchronize();
}

TEST_P(MetalQueue, CopiesAnyMemoryOfTheHost) {
  const std::vector<unsigned char> from = counted_bytes(1003);
  for (const MemoryKind kind : {MemoryKind::device, MemoryKind::shared, MemoryKind::staging}) {
    const Allocation memory = device().allocate(from.size(), kind);
    std::vector<unsigned char> to(from.size());
    Queue queue(device());
    queue.copy(memory.data(), from.data(), from.size());
    queue.copy(to.data(), memory.data(), to.size());
    std::vector<unsigned char> again(from.size());
    queue.copy(again.data(), to.data(), to.size());
    queue.synchronize();
    EXPECT_EQ(again, from);
  }
}

// What the host's memory holds when the copy's turn comes counts.
TEST_P(MetalQueue, CopiesOfTheHostWaitForTheirTurn) {
  std::uint32_t source = 0;
  std::uint32_t result = 0;
  const Allocation memory = device().allocate(sizeof source, MemoryKind::device);
  Queue queue(device());
  queue.submit([&source] { source = 17; });
  queue.copy(memory.data(), &source, sizeof source);
  queue.copy(&result, memory.data(), sizeof result);
  queue.synchronize();
  EXPECT_EQ(result, 17u);
}

TEST_P(MetalQueue, CopiesAndFillsFromAnyByteToAnyByte) {
  const std::vector<unsigned char> bytes = counted_bytes(64);
  const Allocation source = device().allocate(bytes.size(), MemoryKind::device);
  const Allocation target = device().allocate(bytes.size(), MemoryKind::device);
  auto* const from = static_cast<unsigned char*>(source.data());
  auto* const to = static_cast<unsigned char*>(target.data());
  Queue queue(device());
  queue.copy(from, bytes.data(), bytes.size());
  for (const std::size_t begin : {0u, 1u, 4u, 7u}) {
    for (const std::size_t size : {1u, 3u, 4u, 8u, 21u, 40u}) {
      std::vector<unsigned char> expected(bytes.size(), 200);
      std::copy_n(bytes.begin() + 8, size, expected.begin() + static_cast<std::ptrdiff_t>(begin));
      std::vector<unsigned char> result(bytes.size());
      queue.fill(to, 200, bytes.size());
      queue.copy(to + begin, from + 8, size);
      queue.copy(result.data(), to, result.size());
      queue.synchronize();
      EXPECT_EQ(result, expected) << begin << ", " << size;

      std::fill_n(expected.begin() + static_cast<std::ptrdiff_t>(begin), size, 9);
      queue.fill(to + begin, 9, size);
      queue.copy(result.data(), to, result.size());
      queue.synchronize();
      EXPECT_EQ(result, expected) << begin << ", " << size;
    }
  }
}

TEST_P(MetalQueue, OneCommandBufferHasManyLaunches) {
  const Allocation memory = device().allocate(400, MemoryKind::device);
  auto* const numbers = static_cast<std::uint32_t*>(memory.data());
  Queue queue(device());
  const std::uint64_t before = commits();
  for (int i = 0; i < 20; ++i) launch_fill(queue, numbers, 1, 100);
  EXPECT_EQ(commits(), before) << "they are collected";
  queue.flush();
  queue.synchronize();
  EXPECT_EQ(commits(), before + 1);
  for (int i = 0; i < 200; ++i) launch_fill(queue, numbers, 1, 100);
  queue.synchronize();
  EXPECT_EQ(commits(), before + 5) << "of 64 commands at most";
}

TEST_P(MetalQueue, SlicesCoverTheGrid) {
  constexpr unsigned size = 1000;
  BufferPool staging(device(), MemoryKind::staging);
  const auto numbers = staging.acquire<std::uint32_t>(size);
  Queue queue(device());
  for (const unsigned groups : {1u, 3u, 7u, 8u, 100u}) {
    std::ranges::fill(numbers.span(), 0u);
    const std::uint64_t before = commits();
    queue.launch_sliced(fill_kernel, cover({size}, {128}), groups, numbers.data(), 1, size);
    queue.synchronize();
    EXPECT_EQ(commits(), before + (8 + groups - 1) / groups);
    for (unsigned i = 0; i < size; ++i) ASSERT_EQ(numbers[i], 1 + i) << groups;
  }
  EXPECT_THROW(queue.launch_sliced(fill_kernel, cover({size}, {128}), 0, numbers.data(), 1, size), Error);
}

TEST_P(MetalQueue, CommandBuffersHaveNoMoreThanASliceOfAllLaunches) {
  constexpr unsigned size = 1000;
  BufferPool staging(device(), MemoryKind::staging);
  const auto numbers = staging.acquire<std::uint32_t>(size);
  Queue queue(device());
  const auto launch = [&](unsigned groups_per_slice) {
    queue.launch_sliced(fill_kernel, cover({size}, {128}), groups_per_slice, numbers.data(), 1, size);
  };
  const std::uint64_t before = commits();
  for (int i = 0; i < 4; ++i) launch(32);  // a quarter each
  queue.synchronize();
  EXPECT_EQ(commits(), before + 1);
  for (int i = 0; i < 4; ++i) launch(16);
  queue.synchronize();
  EXPECT_EQ(commits(), before + 3);
  launch(9);
  launch(9);
  queue.synchronize();
  EXPECT_EQ(commits(), before + 5);
  EXPECT_EQ(numbers[size - 1], size);
}

TEST_P(MetalQueue, TasksAfterAnErrorAreSkippedUntilItIsSeen) {
  Queue queue(device());
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

TEST_P(MetalQueue, DestructionFinishesTheWork) {
  int done = 0;
  const Allocation memory = device().allocate(400, MemoryKind::staging);
  auto* const numbers = static_cast<std::uint32_t*>(memory.data());
  {
    Queue queue(device());
    for (int i = 0; i < 10; ++i) queue.submit([&done] { ++done; });
    launch_fill(queue, numbers, 1, 100);
  }
  EXPECT_EQ(done, 10);
  EXPECT_EQ(numbers[99], 100u);
}

TEST_P(MetalQueue, WaitsForEventsOfOtherQueues) {
  Queue first(device());
  Queue second(device());
  std::vector<int> order;
  first.submit([&order] {
    std::this_thread::sleep_for(5ms);
    order.push_back(1);
  });
  second.wait(first.record());
  second.submit([&order] { order.push_back(2); });
  second.synchronize();
  EXPECT_EQ(order, (std::vector{1, 2}));

  auto other = std::make_shared<HostEvent>();
  second.wait(other);
  second.submit([&order] { order.push_back(4); });
  order.push_back(3);
  other->complete();
  second.synchronize();
  EXPECT_EQ(order, (std::vector{1, 2, 3, 4}));
}

TEST_P(MetalQueue, SubmitDoesNotWait) {
  Queue queue(device());
  const auto held = std::make_shared<HostEvent>();
  queue.wait(held);
  bool ran = false;
  queue.submit([&ran] { ran = true; });
  const auto done = std::dynamic_pointer_cast<const Event>(queue.record());
  EXPECT_FALSE(done->is_done());
  EXPECT_FALSE(done->wait_for(1ms));
  EXPECT_FALSE(device().runtime().is_poisoned()) << "wait_for only asks";
  held->complete();
  EXPECT_TRUE(done->wait_for(10s));
  EXPECT_TRUE(ran);
}

TEST_P(MetalQueue, QueuesOfSeveralThreadsKeepApart) {
  constexpr unsigned size = 256;
  BufferPool staging(device(), MemoryKind::staging);
  std::vector<std::thread> threads;
  for (unsigned k = 0; k < 4; ++k) {
    threads.emplace_back([&, k] {
      Queue queue(device());
      const auto numbers = staging.acquire<std::uint32_t>(size);
      for (unsigned round = 0; round < 10; ++round) {
        launch_fill(queue, numbers.data(), k + round, size);
        queue.synchronize();
        for (unsigned i = 0; i < size; ++i) ASSERT_EQ(numbers[i], k + round + i);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_P(MetalQueue, OneQueueServesSeveralThreads) {
  constexpr unsigned size = 64;
  BufferPool staging(device(), MemoryKind::staging);
  const auto numbers = staging.acquire<std::uint32_t>(4 * size);
  Queue queue(device());
  std::vector<std::thread> threads;
  for (unsigned k = 0; k < 4; ++k) {
    threads.emplace_back([&, k] {
      for (unsigned round = 0; round < 30; ++round) launch_fill(queue, numbers.data() + k * size, k, size);
      queue.record()->wait();
      for (unsigned i = 0; i < size; ++i) EXPECT_EQ(numbers[k * size + i], k + i);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_P(MetalQueue, TellsWhenKernelsRan) {
  const Allocation memory = device().allocate(400, MemoryKind::device);
  Queue queue(device());
  launch_fill(queue, static_cast<std::uint32_t*>(memory.data()), 1, 100);
  queue.flush();
  queue.fill(memory.data(), 0, 400);
  queue.synchronize();
  const std::vector<Span> spans = queue.take_spans();
  ASSERT_EQ(spans.size(), 1u) << "a fill is no kernel";
  EXPECT_GE(spans[0].end, spans[0].begin);
  EXPECT_TRUE(queue.take_spans().empty());
}

TEST_P(MetalQueue, ShapesThatDoNotFitAreRefused) {
  Queue queue(device());
  const auto message = [&](const LaunchShape& shape) {
    const Error error = error_of<Error>([&] { queue.launch(fill_kernel, shape, FirstGroup{}, nullptr, 0, 0); });
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    return std::string(error.what());
  };
  EXPECT_EQ(message({{0, 1, 1}, {32, 1, 1}}), "kernel fill: grid.x is 0, give 1 to 4294967295");
  EXPECT_EQ(message({{1, 1, 1}, {2048, 1, 1}}), "kernel fill: group.x is 2048, give 1 to 1024");
  EXPECT_EQ(message({{1, 1, 1}, {512, 4, 1}}), "kernel fill: the number of threads in a group is 2048, give 1 to 1024");
  EXPECT_EQ(message({{1u << 23, 1, 1}, {1024, 1, 1}}),
            "kernel fill: the number of threads along x is 8589934592, give 1 to 4294967295");
  EXPECT_THAT(message({{1, 1, 1}, {32, 1, 1}, 1 << 20}),
              AllOf(HasSubstr("kernel fill: 1048576 bytes"), HasSubstr(device().where())));
  EXPECT_EQ(runtime().faults().count(Operation::launch), 0u);
}

TEST_P(MetalQueue, PointersAreToMemoryOfTheDeviceOrNull) {
  Queue queue(device());
  std::uint32_t local = 0;
  const Error error = error_of<Error>([&] { launch_fill(queue, &local, 1, 1); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("kernel fill: argument 1 is 0x"), HasSubstr(device().where())));
  EXPECT_NO_THROW(queue.launch(fill_kernel, {{1}, {32}}, FirstGroup{}, nullptr, 1, 0));
  const Allocation memory = device().allocate(100, MemoryKind::device);
  EXPECT_THROW(queue.fill(memory.data(), 0, 101), Error);
  EXPECT_THROW(queue.fill(&local, 0, 4), Error);
  EXPECT_THROW(queue.fetch(&local), Error);
  queue.synchronize();
}

TEST_P(MetalQueue, ErrorsNameTheKernel) {
  BufferPool memory(device(), MemoryKind::device);
  const auto numbers = memory.acquire<std::uint32_t>(10);
  Queue queue(device());
  runtime().faults().plan(Operation::launch, 1, status::invalid_resource);
  const auto launching = error_of<RuntimeError>([&] { launch_fill(queue, numbers.data(), 0, 10); });
  EXPECT_THAT(launching.what(), AllOf(HasSubstr("launching kernel fill (1x1x1 groups of 128x1x1 threads, 0 bytes"),
                                      HasSubstr(device().where()), HasSubstr("InvalidResource, 9")));
  EXPECT_NO_THROW(queue.synchronize());

  for (const auto& [operation, what] : {std::pair{Operation::stream, "submitting kernels fill, transpose on "},
                                        std::pair{Operation::event, "kernels fill, transpose on "}}) {
    launch_fill(queue, numbers.data(), 0, 9);
    queue.launch(transpose_kernel, cover({3, 3}, {4, 4}, 64), numbers.data(), numbers.data(), 0, 0);
    runtime().faults().plan(operation, 1, status::timeout);
    const auto event = queue.record();
    const auto running = error_of<RuntimeError>([&] { event->wait(); });
    EXPECT_EQ(running.code(), ErrorCode::device_failed);
    EXPECT_EQ(running.status(), status::timeout);
    EXPECT_THAT(running.what(), AllOf(testing::StartsWith(what), HasSubstr(" failed: a planned fault (Timeout, 2)")));
    bool ran = false;
    queue.submit([&ran] { ran = true; });
    EXPECT_THROW(queue.synchronize(), RuntimeError);
    EXPECT_FALSE(ran) << "what follows is skipped";
    EXPECT_NO_THROW(queue.synchronize());
    EXPECT_FALSE(device().runtime().is_poisoned());
  }
}

TEST_P(MetalQueue, DrainedQueuesCanBeUsedAgain) {
  BufferPool staging(device(), MemoryKind::staging);
  const auto numbers = staging.acquire<std::uint32_t>(10);
  Queue queue(device());
  launch_fill(queue, numbers.data(), 0, 10);
  runtime().faults().plan(Operation::event, 1, status::page_fault);
  queue.drain();
  launch_fill(queue, numbers.data(), 1, 10);
  queue.synchronize();
  EXPECT_EQ(numbers[9], 10u);
}

TEST_P(MetalQueue, ADeadlinePoisons) {
  leaks_ = true;
  Queue queue(device());
  queue.set_deadline(20ms);
  EXPECT_NO_THROW(queue.synchronize());
  runtime().faults().plan(Operation::query, 1, status::not_ready, true);
  const auto error = error_of<RuntimeError>([&] { queue.synchronize(); });
  EXPECT_EQ(error.code(), ErrorCode::device_failed);
  EXPECT_EQ(error.status(), status::success);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("not done after 0.02 s"), HasSubstr(device().where())));
  EXPECT_TRUE(device().runtime().is_poisoned());
  EXPECT_THROW(queue.submit([] {}), RuntimeError);
}

TEST_P(MetalQueue, WorkThatComesAfterAllIsDropped) {
  const auto held = std::make_shared<HostEvent>();
  bool ran = false;
  {
    Queue queue(device());
    queue.set_deadline(1ms);
    queue.wait(held);
    queue.submit([&ran] { ran = true; });
    EXPECT_THROW(queue.synchronize(), RuntimeError);
    held->complete();
  }
  EXPECT_FALSE(ran) << "the task may look at memory that is gone";
  EXPECT_TRUE(device().runtime().is_poisoned());
}

TEST_P(MetalQueue, NothingTouchesAPoisonedRuntime) {
  leaks_ = true;
  Queue queue(device());
  const Allocation memory = device().allocate(1000, MemoryKind::device);
  const auto event = queue.record();
  event->wait();
  runtime().poison("broken");
  for (const auto& use : std::initializer_list<std::function<void()>>{
           [&] { event->wait(); }, [&] { queue.synchronize(); }, [&] { queue.fill(memory.data(), 0, 4); },
           [&] { queue.launch(fill_kernel, {{1}, {32}}, FirstGroup{}, nullptr, 1, 0); },
           [&] { device().allocate(1, MemoryKind::staging); }, [&] { Queue{device()}; }}) {
    const auto error = error_of<RuntimeError>(use);
    EXPECT_THAT(error.what(), HasSubstr("was not tried, since Metal failed before in this process: broken"));
  }
}

}  // namespace
}  // namespace anneal::device::metal
