#include "device/cuda/queue.h"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "device/buffer_pool.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::device::cuda {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

class CudaQueue : public CudaTest {
 protected:
  void launch_fill(Queue& queue, std::uint32_t* data, std::uint32_t first, std::size_t size) {
    queue.launch(fill_, cover({static_cast<unsigned>(size)}, {128}), data, first, size);
  }
};
INSTANTIATE_TEST_SUITE_P(On, CudaQueue, testing::Values(Gpu::fake, Gpu::real), gpu_name);

// Where work can be held up.
class FakeQueue : public CudaQueue {};
INSTANTIATE_TEST_SUITE_P(On, FakeQueue, testing::Values(Gpu::fake), gpu_name);

TEST_P(CudaQueue, KernelsCopiesAndTasksRunInOrder) {
  constexpr std::size_t size = 1000;
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

TEST_P(CudaQueue, NothingToCopyIsNoCopy) {
  Queue queue(device());
  queue.copy(nullptr, nullptr, 0);
  queue.fill(nullptr, 0, 0);
  EXPECT_EQ(runtime().faults().count(Operation::copy), 0u);
  queue.synchronize();
  queue.synchronize();
}

TEST_P(CudaQueue, TasksAfterAnErrorAreSkippedUntilItIsSeen) {
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

TEST_P(CudaQueue, DestructionFinishesTheWork) {
  int done = 0;
  {
    Queue queue(device());
    for (int i = 0; i < 10; ++i) queue.submit([&done] { ++done; });
  }
  EXPECT_EQ(done, 10);
}

TEST_P(CudaQueue, WaitsForEventsOfOtherQueues) {
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
  std::thread completes([&] { other->complete(); });
  second.wait(other);
  completes.join();
  EXPECT_TRUE(other->is_done());
}

TEST_P(CudaQueue, UsesAStreamOfTheCallers) {
  Queue owner(device());
  const StreamHandle stream = owner.stream();
  int done = 0;
  {
    Queue guest(device(), stream);
    EXPECT_EQ(guest.stream(), stream);
    guest.submit([&done] { ++done; });
  }
  EXPECT_EQ(done, 1);
  owner.submit([&done] { ++done; });
  owner.synchronize();
  EXPECT_EQ(done, 2) << "the stream outlives the guest";
}

TEST_P(CudaQueue, MeasuresTime) {
  Queue queue(device());
  const auto begin = queue.record_time();
  queue.submit([] { std::this_thread::sleep_for(2ms); });
  const auto end = queue.record_time();
  end->wait();
  EXPECT_GT(end->elapsed_since(*begin), 0);
  EXPECT_LT(end->elapsed_since(*begin), 10);
}

TEST_P(CudaQueue, ShapesThatDoNotFitAreRefused) {
  Queue queue(device());
  const auto message = [&](const LaunchShape& shape) {
    const Error error = error_of<Error>([&] { queue.launch(fill_, shape, nullptr, 0, 0); });
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    return std::string(error.what());
  };
  EXPECT_EQ(message({{0, 1, 1}, {32, 1, 1}}), "kernel fill: grid.x is 0, give 1 to 2147483647");
  EXPECT_EQ(message({{1, 70000, 1}, {32, 1, 1}}), "kernel fill: grid.y is 70000, give 1 to 65535");
  EXPECT_EQ(message({{1, 1, 1}, {2048, 1, 1}}), "kernel fill: group.x is 2048, give 1 to 1024");
  EXPECT_EQ(message({{1, 1, 1}, {512, 4, 1}}), "kernel fill: the number of threads in a group is 2048, give 1 to 1024");
  EXPECT_THAT(message({{1, 1, 1}, {32, 1, 1}, 1 << 20}),
              AllOf(HasSubstr("kernel fill: 1048576 bytes"), HasSubstr(device().where())));
  EXPECT_EQ(runtime().faults().count(Operation::launch), 0u);
}

TEST_P(CudaQueue, ErrorsNameTheKernel) {
  leaks_ = true;
  BufferPool memory(device(), MemoryKind::device);
  const auto numbers = memory.acquire<std::uint32_t>(10);
  Queue queue(device());
  runtime().faults().plan(Operation::launch, 1, status::launch_out_of_resources);
  const auto launching = error_of<RuntimeError>([&] { launch_fill(queue, numbers.data(), 0, 10); });
  EXPECT_THAT(launching.what(), AllOf(HasSubstr("launching kernel fill (1x1x1 groups of 128x1x1 threads, 0 bytes"),
                                      HasSubstr(device().where()), HasSubstr("701")));
  launch_fill(queue, numbers.data(), 0, 10);
  runtime().faults().plan(Operation::query, 1, status::illegal_address);
  const auto running = error_of<RuntimeError>([&] { queue.synchronize(); });
  EXPECT_THAT(running.what(), AllOf(HasSubstr("kernel fill on " + device().where() + " failed"), HasSubstr("700")));
  EXPECT_TRUE(runtime().is_poisoned());
}

TEST_P(CudaQueue, OverrunDeadlinesPoison) {
  leaks_ = true;
  Queue queue(device());
  queue.set_deadline(20ms);
  EXPECT_NO_THROW(queue.synchronize());
  runtime().faults().plan(Operation::query, 1, status::not_ready, true);
  const auto error = error_of<RuntimeError>([&] { queue.synchronize(); });
  EXPECT_EQ(error.code(), ErrorCode::device_failed);
  EXPECT_EQ(error.status(), status::success);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("not done after 0.02 s"), HasSubstr(device().where())));
  EXPECT_TRUE(runtime().is_poisoned());
  EXPECT_THROW(queue.submit([] {}), RuntimeError);
}

TEST_P(FakeQueue, SubmitDoesNotWait) {
  Queue queue(device());
  fake_->hold();
  bool ran = false;
  queue.submit([&ran] { ran = true; });
  const auto done = std::dynamic_pointer_cast<const Event>(queue.record());
  EXPECT_FALSE(done->is_done());
  EXPECT_FALSE(done->wait_for(1ms));
  EXPECT_FALSE(runtime().is_poisoned()) << "wait_for only asks";
  fake_->let_go();
  EXPECT_TRUE(done->wait_for(0ms));
  EXPECT_TRUE(ran);
}

TEST_P(FakeQueue, TasksThatComeAfterAllAreDropped) {
  leaks_ = true;
  auto owned = std::make_shared<int>(0);
  fake_->hold();
  {
    Queue queue(device());
    queue.set_deadline(1ms);
    queue.submit([&count = *owned] { ++count; });
    EXPECT_THROW(queue.synchronize(), RuntimeError);
  }
  fake_->let_go();
  EXPECT_EQ(*owned, 0) << "the task may look at memory that is gone";
}

TEST_P(FakeQueue, NothingTouchesAPoisonedRuntime) {
  leaks_ = true;
  std::size_t calls = 0;
  {
    Queue queue(device());
    const Allocation memory = device().allocate(1000, MemoryKind::device);
    const auto event = queue.record();
    fake_->break_down(status::launch_failure);
    EXPECT_THROW(queue.synchronize(), RuntimeError);
    calls = fake_->calls();
    EXPECT_THROW(event->wait(), RuntimeError);
    EXPECT_THROW(queue.copy(memory.data(), memory.data(), 1), RuntimeError);
    EXPECT_THROW(device().allocate(1, MemoryKind::staging), RuntimeError);
    EXPECT_THROW(Queue{device()}, RuntimeError);
  }
  EXPECT_EQ(fake_->calls(), calls);
}

}  // namespace
}  // namespace anneal::device::cuda
