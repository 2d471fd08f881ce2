// Metal used as its documentation forbids ends the program, and says why.
#include "gpu.h"

namespace metal_emulator {
namespace {

const char* const source = R"(
  #include <metal_stdlib>
  using namespace metal;
  kernel void fill(device float4* out [[buffer(0)]], constant uint& count [[buffer(1)]],
                   uint i [[thread_position_in_grid]]) { if (i < count) out[i] = float4(1); }
  kernel void shared(device float4* out [[buffer(0)]], threadgroup float4* values [[threadgroup(0)]]) {
    values[0] = out[0];
  })";

class ValidationDeathTest : public EmulatorTest {
 protected:
  ValidationDeathTest() {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EQ(gpu_.compile(source), "");
    pipeline_ = gpu_.pipeline("fill");
  }

  /// Encodes what is right until `misuse(encoder)`, and runs it.
  template <class Misuse>
  void run(Misuse misuse) {
    MTL::CommandBuffer* buffer = gpu_.queue()->commandBuffer();
    MTL::ComputeCommandEncoder* encoder = buffer->computeCommandEncoder();
    encoder->setComputePipelineState(pipeline_.get());
    encoder->setBuffer(out_.get(), 0, 0);
    const std::uint32_t count = 4;
    encoder->setBytes(&count, sizeof count, 1);
    misuse(encoder);
    encoder->dispatchThreads({4, 1, 1}, {4, 1, 1});
    encoder->endEncoding();
    buffer->commit();
    buffer->waitUntilCompleted();
  }

  Pool pool_;
  Gpu gpu_;
  BufferRef out_ = gpu_.buffer(64);
  PipelineRef pipeline_;
};

TEST_F(ValidationDeathTest, Arguments) {
  run([](auto*) {});
  EXPECT_DEATH(run([](auto* encoder) { encoder->setBuffer(nullptr, 0, 1); }),
               "fill: argument 'count' \\[\\[buffer\\(1\\)\\]\\] is not bound");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setBytes("ab", 2, 1); }), "'count'.* needs 4 bytes, but 2 are bound");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setBufferOffset(4, 0); }), "'out'.*: offset 4 is no multiple of 16");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setBytes("0123456789abcdef", 16, 0); }),
               "'out'.* can be written, but is bound by setBytes");
  EXPECT_DEATH(run([this](auto* encoder) { encoder->setBuffer(out_.get(), 64, 0); }),
               "offset 64 of a buffer of 64 bytes");
  EXPECT_DEATH(run([this](auto* encoder) { encoder->setBuffer(out_.get(), 0, 31); }), "index 31 is above 30");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setBytes(std::string(5000, 'x').data(), 5000, 2); }),
               "a length of 5000, not 1 to 4096");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setBufferOffset(0, 5); }), "no buffer is bound at 5");
}

TEST_F(ValidationDeathTest, OtherDevices) {
  adjust([](Settings& settings) { settings.devices.resize(2); });
  Gpu other(1);
  ASSERT_EQ(other.compile(source), "");
  const BufferRef buffer = other.buffer(64);
  const PipelineRef pipeline = other.pipeline("fill");
  EXPECT_DEATH(run([&](auto* encoder) { encoder->setBuffer(buffer.get(), 0, 0); }),
               "setBuffer: MTLBuffer is of another device");
  EXPECT_DEATH(run([&](auto* encoder) { encoder->setComputePipelineState(pipeline.get()); }),
               "setComputePipelineState: MTLComputePipelineState is of another device");
  EXPECT_DEATH(gpu_.queue()->commandBuffer()->blitCommandEncoder()->fillBuffer(buffer.get(), {0, 64}, 0),
               "fillBuffer: MTLBuffer is of another device");
}

TEST_F(ValidationDeathTest, Sizes) {
  EXPECT_DEATH(run([](auto* encoder) { encoder->dispatchThreads({4, 1, 1}, {2048, 1, 1}); }),
               "2048 threads per threadgroup, but maxTotalThreadsPerThreadgroup is 1024");
  EXPECT_DEATH(run([](auto* encoder) { encoder->dispatchThreads({0, 1, 1}, {32, 1, 1}); }), "the dispatch is empty");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setThreadgroupMemoryLength(40000, 0); }),
               "40000 bytes of threadgroup memory, but the device has 32768");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setThreadgroupMemoryLength(8, 0); }), "8 is no multiple of 16");
}

TEST_F(ValidationDeathTest, Pipelines) {
  const PipelineRef shared = gpu_.pipeline("shared");
  EXPECT_DEATH(run([&](auto* encoder) { encoder->setComputePipelineState(shared.get()); }),
               "'values' \\[\\[threadgroup\\(0\\)\\]\\] has no length");
  EXPECT_DEATH(run([](auto* encoder) { encoder->setComputePipelineState(nullptr); }), "setComputePipelineState: nil");
  EXPECT_DEATH(
      {
        auto* encoder = gpu_.queue()->commandBuffer()->computeCommandEncoder();
        encoder->dispatchThreads({4, 1, 1}, {4, 1, 1});
      },
      "without setComputePipelineState");
}

TEST_F(ValidationDeathTest, Encoders) {
  const auto buffer = [this] { return gpu_.queue()->commandBuffer(); };
  EXPECT_DEATH(
      {
        auto* commands = buffer();
        commands->computeCommandEncoder();
        commands->commit();
      },
      "committed while an encoder is open");
  EXPECT_DEATH(
      {
        auto* commands = buffer();
        commands->computeCommandEncoder();
        commands->blitCommandEncoder();
      },
      "an encoder is made while another one is open");
  EXPECT_DEATH(run([](auto* encoder) { encoder->endEncoding(); }), "used after endEncoding");
  EXPECT_DEATH(
      {
        const Pool pool;
        buffer()->computeCommandEncoder();
      },
      "endEncoding is missing");
}

TEST_F(ValidationDeathTest, CommandBuffers) {
  const auto buffer = [this] { return gpu_.queue()->commandBuffer(); };
  EXPECT_DEATH(buffer()->waitUntilCompleted(), "is not committed, so this waits for ever");
  EXPECT_DEATH(
      {
        auto* commands = buffer();
        commands->commit();
        commands->commit();
      },
      "committed twice");
  EXPECT_DEATH(
      {
        auto* commands = buffer();
        commands->commit();
        commands->addCompletedHandler([](MTL::CommandBuffer*) {});
      },
      "a handler is added to a committed");
  EXPECT_DEATH(
      {
        const auto queue = NS::TransferPtr(gpu_.device()->newCommandQueue(1));
        queue->commandBuffer();
        queue->commandBuffer();
      },
      "none of them is committed: this waits for ever");
}

TEST_F(ValidationDeathTest, UnretainedReferences) {
  adjust([](Settings& settings) { settings.commit_delay = std::chrono::milliseconds(50); });
  EXPECT_DEATH(
      {
        auto* commands = gpu_.queue()->commandBufferWithUnretainedReferences();
        auto* encoder = commands->blitCommandEncoder();
        encoder->fillBuffer(out_.get(), NS::Range(0, 64), 0);
        encoder->endEncoding();
        commands->commit();
        out_.reset();
        commands->waitUntilCompleted();
      },
      "a buffer was released before a command buffer with unretained references");
}

TEST_F(ValidationDeathTest, Blits) {
  const BufferRef other = gpu_.buffer(32);
  const auto blit = [this](auto encode) {
    auto* commands = gpu_.queue()->commandBuffer();
    encode(commands->blitCommandEncoder());
  };
  EXPECT_DEATH(blit([&](auto* encoder) { encoder->copyFromBuffer(out_.get(), 0, other.get(), 0, 64); }),
               "bytes 0 to 64 of a buffer of 32");
  EXPECT_DEATH(blit([&](auto* encoder) { encoder->copyFromBuffer(out_.get(), 0, out_.get(), 8, 16); }), "overlap");
  EXPECT_DEATH(blit([&](auto* encoder) { encoder->fillBuffer(out_.get(), NS::Range(2, 4), 0); }),
               "multiples of 4 bytes");
  EXPECT_DEATH(blit([&](auto* encoder) { encoder->synchronizeResource(out_.get()); }), "is not managed");
}

TEST_F(ValidationDeathTest, BuffersOfDevices) {
  EXPECT_DEATH(gpu_.buffer(0), "the length is 0");
  EXPECT_DEATH(gpu_.buffer(16, MTL::StorageModeMemoryless << 4), "cannot be memoryless");
  EXPECT_DEATH(gpu_.buffer_of(std::vector<int>(4), MTL::ResourceStorageModePrivate), "the buffer is private");
  EXPECT_DEATH(out_->didModifyRange(NS::Range(0, 4)), "the buffer is not managed");
  EXPECT_DEATH(gpu_.device()->newBuffer(this, 100, MTL::ResourceStorageModeShared, nullptr), "multiples of a page");
}

TEST_F(ValidationDeathTest, EnvironmentVariables) {
  const auto with = [](const char* name, const char* value) {
    setenv(name, value, 1);
    reset();
    settings();
  };
  EXPECT_DEATH(with("METAL_EMULATOR_SCHEDULE", "backwards"), "expected forward, reverse, random or random:SEED");
  EXPECT_DEATH(with("METAL_EMULATOR_CHECK", "yes"), "expected 0 or 1");
  EXPECT_DEATH(with("METAL_EMULATOR_WORKERS", "many"), "expected a number");
  EXPECT_DEATH(with("METAL_EMULATOR_DEVICE", "intel"),
               "expected apple or discrete, with commas between several, or none");
}

}  // namespace
}  // namespace metal_emulator
