// Devices, their limits, and faults that tests plan.
#include "gpu.h"

namespace metal_emulator {
namespace {

const char* const copy_kernel = R"(
  kernel void copy(device const uint* from [[buffer(0)]], device uint* to [[buffer(1)]],
                   uint i [[thread_position_in_grid]]) { to[i] = from[i]; })";

class Devices : public EmulatorTest {
 protected:
  static std::string copy(Gpu& gpu) {
    const BufferRef from = gpu.buffer_of(std::vector<std::uint32_t>(64, 5)), to = gpu.buffer(256);
    if (!from || !to) return "no memory";
    const std::string error = gpu.run("copy", {{from.get(), to.get()}, {}, {64, 1, 1}, {64, 1, 1}});
    if (error.empty()) EXPECT_EQ(contents<std::uint32_t>(to.get()), std::vector<std::uint32_t>(64, 5));
    return error;
  }
};

TEST_F(Devices, Apple) {
  const Pool pool;
  const Gpu gpu;
  EXPECT_TRUE(gpu.device()->hasUnifiedMemory());
  EXPECT_TRUE(gpu.device()->supportsFamily(MTL::GPUFamilyApple7));
  EXPECT_TRUE(gpu.device()->supportsFamily(MTL::GPUFamilyMetal3));
  EXPECT_FALSE(gpu.device()->supportsFamily(MTL::GPUFamilyApple10));
  EXPECT_STREQ(gpu.device()->name()->utf8String(), "Emulated Apple GPU");
}

TEST_F(Devices, Discrete) {
  adjust([](Settings& settings) { settings.devices[0].processor = Processor::discrete; });
  const Gpu gpu;
  EXPECT_FALSE(gpu.device()->hasUnifiedMemory());
  EXPECT_FALSE(gpu.device()->supportsFamily(MTL::GPUFamilyApple7));
  EXPECT_TRUE(gpu.device()->supportsFamily(MTL::GPUFamilyMac2));
}

TEST_F(Devices, None) {
  adjust([](Settings& settings) { settings.devices.clear(); });
  EXPECT_EQ(MTL::CreateSystemDefaultDevice(), nullptr);
  const auto all = NS::TransferPtr(MTL::CopyAllDevices());
  EXPECT_EQ(all->count(), 0u);
}

TEST_F(Devices, Lists) {
  const auto all = NS::TransferPtr(MTL::CopyAllDevices());
  ASSERT_EQ(all->count(), 1u);
  EXPECT_EQ(all->object<MTL::Device>(0), Gpu().device());
}

class SeveralDevices : public Devices {
 protected:
  SeveralDevices() {
    adjust([](Settings& settings) {
      settings.devices.resize(2);
      settings.devices[1] = {.processor = Processor::discrete, .memory = 1000};
    });
  }
};

TEST_F(SeveralDevices, AreListed) {
  const auto all = NS::TransferPtr(MTL::CopyAllDevices());
  ASSERT_EQ(all->count(), 2u);
  EXPECT_EQ(all->object<MTL::Device>(0), Gpu().device());
  EXPECT_EQ(all->object<MTL::Device>(1), Gpu(1).device());
  EXPECT_NE(Gpu(0).device()->registryID(), Gpu(1).device()->registryID());
  EXPECT_TRUE(Gpu(0).device()->hasUnifiedMemory());
  EXPECT_FALSE(Gpu(1).device()->hasUnifiedMemory());
}

TEST_F(SeveralDevices, HaveWhatIsTheirs) {
  Gpu first(0), second(1);
  const BufferRef buffer = second.buffer(400);
  EXPECT_EQ(buffer->device(), second.device());
  EXPECT_EQ(second.device()->currentAllocatedSize(), 400u);
  EXPECT_EQ(first.device()->currentAllocatedSize(), 0u);
  EXPECT_FALSE(second.buffer(700));
  EXPECT_TRUE(first.buffer(2000));
  for (Gpu* gpu : {&first, &second}) {
    const Pool pool;
    ASSERT_EQ(gpu->compile(copy_kernel), "");
    EXPECT_EQ(gpu->pipeline("copy")->device(), gpu->device());
    EXPECT_EQ(gpu->queue()->commandBuffer()->device(), gpu->device());
    EXPECT_EQ(copy(*gpu), "");
  }
}

TEST_F(SeveralDevices, OneCanBeRemoved) {
  Gpu first(0), second(1);
  for (Gpu* gpu : {&first, &second}) ASSERT_EQ(gpu->compile(copy_kernel), "");
  remove_device(0, 2);
  EXPECT_EQ(copy(first), "");
  EXPECT_EQ(copy(second), "");
  EXPECT_EQ(copy(first), "the device was removed");
  EXPECT_EQ(copy(first), "no memory");
  EXPECT_EQ(copy(second), "");
  EXPECT_EQ(commits(0), 2u);
  EXPECT_EQ(commits(1), 2u);
  EXPECT_EQ(Gpu().device(), second.device());
}

TEST_F(Devices, LimitsOfSettings) {
  adjust([](Settings& settings) {
    settings.devices[0].memory = 1000;
    settings.devices[0].max_buffer_length = 600;
    settings.devices[0].max_threadgroup_memory = 16384;
    settings.devices[0].max_threads_of_pipelines = 512;
  });
  Gpu gpu;
  EXPECT_EQ(gpu.device()->recommendedMaxWorkingSetSize(), 1000u);
  EXPECT_EQ(gpu.device()->maxBufferLength(), 600u);
  EXPECT_EQ(gpu.device()->maxThreadgroupMemoryLength(), 16384u);
  EXPECT_FALSE(gpu.buffer(601));
  const BufferRef first = gpu.buffer(600);
  EXPECT_TRUE(first);
  EXPECT_FALSE(gpu.buffer(500));
  EXPECT_TRUE(gpu.buffer(400));
  EXPECT_EQ(gpu.device()->currentAllocatedSize(), 600u);
  ASSERT_EQ(gpu.compile(copy_kernel), "");
  EXPECT_EQ(gpu.pipeline("copy")->maxTotalThreadsPerThreadgroup(), 512u);
  EXPECT_EQ(gpu.pipeline("copy")->threadExecutionWidth(), 32u);
  EXPECT_EQ(gpu.pipeline("copy")->staticThreadgroupMemoryLength(), 0u);
}

TEST_F(Devices, LimitsOfThreadgroups) {
  adjust([](Settings& settings) { settings.devices[0].max_threads_per_threadgroup = 256; });
  Gpu gpu;
  EXPECT_EQ(gpu.device()->maxThreadsPerThreadgroup().width, 256u);
  ASSERT_EQ(gpu.compile(copy_kernel), "");
  EXPECT_EQ(gpu.pipeline("copy")->maxTotalThreadsPerThreadgroup(), 256u);
}

TEST_F(Devices, LimitsOfPipelines) {
  const Pool pool;
  Gpu gpu;
  ASSERT_EQ(gpu.compile("[[max_total_threads_per_threadgroup(64)]] kernel void small(device int* x [[buffer(0)]]) {}"),
            "");
  EXPECT_EQ(gpu.pipeline("small")->maxTotalThreadsPerThreadgroup(), 64u);
  ASSERT_EQ(gpu.compile(copy_kernel), "");
  NS::Error* error = nullptr;
  const auto library = NS::TransferPtr(gpu.device()->newLibrary(text(copy_kernel), nullptr, &error));
  const auto function = NS::TransferPtr(library->newFunction(text("copy")));
  const auto descriptor = NS::TransferPtr(MTL::ComputePipelineDescriptor::alloc()->init());
  descriptor->setComputeFunction(function.get());
  descriptor->setMaxTotalThreadsPerThreadgroup(128);
  descriptor->setLabel(text("copies"));
  const auto pipeline = NS::TransferPtr(
      gpu.device()->newComputePipelineState(descriptor.get(), MTL::PipelineOptionNone, nullptr, nullptr));
  EXPECT_EQ(pipeline->maxTotalThreadsPerThreadgroup(), 128u);
  EXPECT_STREQ(pipeline->label()->utf8String(), "copies");
}

TEST_F(Devices, EachBufferCanFail) {
  Gpu gpu;
  ASSERT_EQ(gpu.compile(copy_kernel), "");
  ASSERT_EQ(copy(gpu), "");
  ASSERT_EQ(calls(Fault::buffer), 2u);
  for (unsigned nth = 1; nth <= 2; ++nth) {
    plan_fault(Fault::buffer, nth);
    EXPECT_EQ(copy(gpu), "no memory") << nth;
    EXPECT_EQ(copy(gpu), "");
  }
}

TEST_F(Devices, CommandBuffersCanFail) {
  Gpu gpu;
  ASSERT_EQ(gpu.compile(copy_kernel), "");
  plan_fault(Fault::command_buffer, 2, 2, MTL::CommandBufferErrorTimeout);
  EXPECT_EQ(copy(gpu), "");
  EXPECT_EQ(copy(gpu), "a fault that the test planned");
  EXPECT_EQ(copy(gpu), "a fault that the test planned");
  EXPECT_EQ(copy(gpu), "");
}

TEST_F(Devices, LibrariesAndPipelinesCanFail) {
  Gpu gpu;
  plan_fault(Fault::library, 1);
  EXPECT_NE(gpu.compile(copy_kernel), "");
  EXPECT_EQ(gpu.compile(copy_kernel), "");
  plan_fault(Fault::pipeline, 1);
  EXPECT_FALSE(gpu.pipeline("copy"));
  EXPECT_TRUE(gpu.pipeline("copy"));
}

TEST_F(Devices, CanBeRemoved) {
  Gpu gpu;
  ASSERT_EQ(gpu.compile(copy_kernel), "");
  const Pool pool;
  MTL::CommandBuffer* buffer = gpu.queue()->commandBuffer();
  remove_device();
  EXPECT_EQ(finish(buffer), "the device was removed");
  EXPECT_EQ(buffer->status(), MTL::CommandBufferStatusError);
  EXPECT_EQ(buffer->error()->code(), MTL::CommandBufferErrorDeviceRemoved);
  EXPECT_FALSE(gpu.buffer(16));
  EXPECT_EQ(MTL::CreateSystemDefaultDevice(), nullptr);
  reset();
  EXPECT_EQ(copy(gpu), "");
}

TEST_F(Devices, EnvironmentVariables) {
  const std::vector<std::pair<const char*, const char*>> variables = {{"METAL_EMULATOR_DEVICE", "discrete,apple"},
                                                                      {"METAL_EMULATOR_SCHEDULE", "random:17"},
                                                                      {"METAL_EMULATOR_CHECK", "1"},
                                                                      {"METAL_EMULATOR_STRICT", "1"},
                                                                      {"METAL_EMULATOR_WORKERS", "3"},
                                                                      {"METAL_EMULATOR_DELAY", "250"}};
  for (const auto& [name, value] : variables) setenv(name, value, 1);
  reset();
  const Settings found = settings();
  for (const auto& [name, value] : variables) unsetenv(name);
  ASSERT_EQ(found.devices.size(), 2u);
  EXPECT_EQ(found.devices[0].processor, Processor::discrete);
  EXPECT_EQ(found.devices[1].processor, Processor::apple);
  EXPECT_EQ(found.order, Order::random);
  EXPECT_EQ(found.seed, 17u);
  EXPECT_TRUE(found.checks);
  EXPECT_TRUE(found.strict_address_spaces);
  EXPECT_EQ(found.workers, 3u);
  EXPECT_EQ(found.commit_delay, std::chrono::microseconds(250));
  EXPECT_TRUE(found.aborts);
}

TEST_F(Devices, WorkIsCounted) {
  Gpu gpu;
  ASSERT_EQ(gpu.compile(copy_kernel), "");
  copy(gpu);
  copy(gpu);
  EXPECT_EQ(work_done().dispatches, 2u);
  EXPECT_EQ(work_done().threads, 128u);
}

}  // namespace
}  // namespace metal_emulator
