// Command buffers: asynchronous, in order, with handlers and errors.
#include <atomic>
#include <mutex>
#include <utility>

#include "gpu.h"

namespace metal_emulator {
namespace {

const char* const kernels = R"(
  kernel void append(device uint* list [[buffer(0)]], constant uint& value [[buffer(1)]]) {
    list[0] += 1;
    list[list[0]] = value;
  }
  kernel void set(device uint* values [[buffer(0)]], uint i [[thread_position_in_grid]]) { values[i] = 7; }
  kernel void sum(device uint* values [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    if (i == 0) values[64] = values[62] + values[63];
  })";

class CommandBuffers : public EmulatorTest {
 protected:
  CommandBuffers() {
    EXPECT_EQ(gpu_.compile(kernels), "");
    append_ = gpu_.pipeline("append");
  }

  MTL::CommandBuffer* appending(std::uint32_t value) {
    MTL::CommandBuffer* buffer = gpu_.queue()->commandBuffer();
    MTL::ComputeCommandEncoder* encoder = buffer->computeCommandEncoder();
    encode(encoder, append_.get(), {{list_.get()}, bytes_of(value), {1, 1, 1}});
    encoder->endEncoding();
    return buffer;
  }
  std::vector<std::uint32_t> list() {
    const auto all = contents<std::uint32_t>(list_.get());
    return {all.begin() + 1, all.begin() + 1 + all[0]};
  }
  /// `set`, then `sum` of what it left, in one encoder.
  std::string set_and_sum(MTL::DispatchType type, bool has_barrier) {
    const Pool pool;
    const BufferRef values = gpu_.buffer(65 * 4);
    MTL::CommandBuffer* buffer = gpu_.queue()->commandBuffer();
    MTL::ComputeCommandEncoder* encoder = buffer->computeCommandEncoder(type);
    const PipelineRef set = gpu_.pipeline("set"), sum = gpu_.pipeline("sum");
    encode(encoder, set.get(), {{values.get()}, {}, {64, 1, 1}});
    if (has_barrier) encoder->memoryBarrier(MTL::BarrierScopeBuffers);
    encode(encoder, sum.get(), {{values.get()}, {}, {64, 1, 1}});
    encoder->endEncoding();
    return finish(buffer);
  }

  Pool pool_;
  Gpu gpu_;
  BufferRef list_ = gpu_.buffer(1000);
  PipelineRef append_;
};

TEST_F(CommandBuffers, RunInTheOrderOfTheirCommits) {
  std::vector<MTL::CommandBuffer*> all;
  for (std::uint32_t value = 0; value < 20; ++value) all.push_back(appending(value));
  for (std::size_t k = all.size(); k-- > 0;) all[k]->commit();
  all[0]->waitUntilCompleted();
  std::vector<std::uint32_t> expected;
  for (std::uint32_t value = 20; value-- > 0;) expected.push_back(value);
  EXPECT_EQ(list(), expected);
}

TEST_F(CommandBuffers, EnqueuedOnesKeepTheirPlace) {
  MTL::CommandBuffer* first = appending(1);
  MTL::CommandBuffer* second = appending(2);
  first->enqueue();
  EXPECT_EQ(first->status(), MTL::CommandBufferStatusEnqueued);
  second->commit();
  first->commit();
  second->waitUntilCompleted();
  EXPECT_EQ(list(), (std::vector<std::uint32_t>{1, 2}));
}

TEST_F(CommandBuffers, AreAsynchronous) {
  adjust([](Settings& settings) { settings.commit_delay = std::chrono::milliseconds(50); });
  MTL::CommandBuffer* buffer = appending(1);
  EXPECT_EQ(buffer->status(), MTL::CommandBufferStatusNotEnqueued);
  buffer->commit();
  EXPECT_LT(buffer->status(), MTL::CommandBufferStatusCompleted) << "a result that is read now is missing";
  buffer->waitUntilScheduled();
  EXPECT_GE(buffer->status(), MTL::CommandBufferStatusScheduled);
  buffer->waitUntilCompleted();
  EXPECT_EQ(buffer->status(), MTL::CommandBufferStatusCompleted);
  EXPECT_GE(buffer->GPUEndTime(), buffer->GPUStartTime());
  EXPECT_GT(buffer->GPUStartTime(), 0.0);
}

TEST_F(CommandBuffers, HandlersRunBeforeTheWaitEnds) {
  std::mutex mutex;
  std::vector<std::string> calls;
  const auto note = [&](const char* what) {
    const std::lock_guard lock(mutex);
    calls.emplace_back(what);
  };
  MTL::CommandBuffer* buffer = appending(1);
  buffer->addScheduledHandler([&](MTL::CommandBuffer*) { note("scheduled"); });
  buffer->addCompletedHandler([&](MTL::CommandBuffer* completed) {
    note(completed->status() == MTL::CommandBufferStatusCompleted ? "completed" : "early");
  });
  buffer->addCompletedHandler([&](MTL::CommandBuffer*) { note("again"); });
  buffer->commit();
  buffer->waitUntilCompleted();
  EXPECT_EQ(calls, (std::vector<std::string>{"scheduled", "completed", "again"}));
}

TEST_F(CommandBuffers, HandlersSeeErrors) {
  plan_fault(Fault::command_buffer, 1, 1, MTL::CommandBufferErrorOutOfMemory);
  std::atomic<long> code{0};
  MTL::CommandBuffer* buffer = appending(1);
  buffer->addCompletedHandler([&](MTL::CommandBuffer* failed) { code = failed->error()->code(); });
  EXPECT_EQ(finish(buffer), "a fault that the test planned");
  EXPECT_EQ(code, MTL::CommandBufferErrorOutOfMemory);
  EXPECT_STREQ(buffer->error()->domain()->utf8String(), "MTLCommandBufferErrorDomain");
  EXPECT_TRUE(list().empty());
}

TEST_F(CommandBuffers, KeepWhatTheyUse) {
  adjust([](Settings& settings) { settings.commit_delay = std::chrono::milliseconds(20); });
  MTL::CommandBuffer* buffer = appending(1);
  buffer->commit();
  list_.reset();
  append_.reset();
  buffer->waitUntilCompleted();
  EXPECT_EQ(buffer->status(), MTL::CommandBufferStatusCompleted);
}

TEST_F(CommandBuffers, WaitForAPlaceInTheQueue) {
  const auto queue = NS::TransferPtr(gpu_.device()->newCommandQueue(2));
  for (int k = 0; k < 10; ++k) queue->commandBuffer()->commit();
  EXPECT_EQ(finish(queue->commandBuffer()), "");
}

TEST_F(CommandBuffers, SerialDispatchesAreOrdered) {
  adjust([](Settings& settings) { settings.checks = true; });
  ASSERT_EQ(gpu_.compile(kernels), "");
  EXPECT_EQ(set_and_sum(MTL::DispatchTypeSerial, false), "");
}

TEST_F(CommandBuffers, ConcurrentDispatchesNeedABarrier) {
  adjust([](Settings& settings) { settings.checks = true; });
  ASSERT_EQ(gpu_.compile(kernels), "");
  EXPECT_EQ(set_and_sum(MTL::DispatchTypeConcurrent, true), "");
  EXPECT_NE(set_and_sum(MTL::DispatchTypeConcurrent, false).find("read-after-write race on device memory"),
            std::string::npos);
}

TEST_F(CommandBuffers, OfSeveralQueuesCanBeChecked) {
  adjust([](Settings& settings) { settings.checks = true; });
  ASSERT_EQ(gpu_.compile("kernel void look(device const uint* values [[buffer(0)]], device uint* seen [[buffer(1)]], "
                         "uint i [[thread_position_in_grid]]) { seen[i] = values[i]; }"),
            "");
  const PipelineRef pipeline = gpu_.pipeline("look");
  NS::SharedPtr<MTL::CommandQueue> queues[3];
  for (auto& queue : queues) queue = NS::TransferPtr(gpu_.device()->newCommandQueue());
  for (int round = 0; round < 300; ++round) {
    const Pool pool;
    const BufferRef values = gpu_.buffer(256);
    std::vector<std::pair<MTL::CommandBuffer*, BufferRef>> works;
    for (const auto& queue : queues) {
      works.emplace_back(queue->commandBuffer(), gpu_.buffer(256));
      MTL::ComputeCommandEncoder* encoder = works.back().first->computeCommandEncoder();
      encode(encoder, pipeline.get(), {{values.get(), works.back().second.get()}, {}, {64, 1, 1}, {64, 1, 1}});
      encoder->endEncoding();
    }
    for (const auto& work : works) work.first->commit();
    for (const auto& work : works) work.first->waitUntilCompleted();
    for (const auto& work : works) EXPECT_EQ(work.first->status(), MTL::CommandBufferStatusCompleted);
  }
}

TEST_F(CommandBuffers, FindingsEndTheProgramByDefault) {
  adjust([](Settings& settings) {
    settings.checks = true;
    settings.aborts = true;
  });
  ASSERT_EQ(gpu_.compile(kernels), "");
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(set_and_sum(MTL::DispatchTypeConcurrent, false),
               "metal_emulator: sum: program_source:8: read-after-write");
}

}  // namespace
}  // namespace metal_emulator
