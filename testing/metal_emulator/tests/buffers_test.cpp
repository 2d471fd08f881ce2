// Storage modes, and what is forgotten on a device with memory of its own.
#include "gpu.h"

namespace metal_emulator {
namespace {

using Values = std::vector<std::uint32_t>;

const char* const double_kernel = R"(
  kernel void double_all(device uint* values [[buffer(0)]], uint i [[thread_position_in_grid]]) { values[i] *= 2; })";

class Buffers : public EmulatorTest {
 protected:
  void start(Processor processor) {
    adjust([processor](Settings& settings) { settings.devices[0].processor = processor; });
    EXPECT_EQ(gpu_.compile(double_kernel), "");
  }

  void double_all(MTL::Buffer* buffer) { EXPECT_EQ(gpu_.run("double_all", {{buffer}, {}, {count, 1, 1}}), ""); }

  template <class Encode>
  void blit(Encode encode) {
    const Pool pool;
    MTL::CommandBuffer* commands = gpu_.queue()->commandBuffer();
    MTL::BlitCommandEncoder* encoder = commands->blitCommandEncoder();
    encode(encoder);
    encoder->endEncoding();
    EXPECT_EQ(finish(commands), "");
  }

  static void set(MTL::Buffer* buffer, std::uint32_t value) {
    auto* values = static_cast<std::uint32_t*>(buffer->contents());
    for (unsigned k = 0; k < count; ++k) values[k] = value;
  }

  static constexpr unsigned count = 8;
  Gpu gpu_;
};

TEST_F(Buffers, SharedOnesAreOneMemory) {
  for (const Processor processor : {Processor::apple, Processor::discrete}) {
    start(processor);
    const BufferRef buffer = gpu_.buffer_of(Values(count, 3));
    double_all(buffer.get());
    EXPECT_EQ(contents<std::uint32_t>(buffer.get()), Values(count, 6));
  }
}

TEST_F(Buffers, ManagedOnesAreOneMemoryOnApple) {
  start(Processor::apple);
  const BufferRef buffer = gpu_.buffer(count * 4, MTL::ResourceStorageModeManaged);
  set(buffer.get(), 3);
  double_all(buffer.get());
  EXPECT_EQ(contents<std::uint32_t>(buffer.get()), Values(count, 6));
}

TEST_F(Buffers, ManagedOnesHaveTwoCopiesOnADiscreteDevice) {
  start(Processor::discrete);
  const BufferRef buffer = gpu_.buffer_of(Values(count, 3), MTL::ResourceStorageModeManaged);
  double_all(buffer.get());
  EXPECT_EQ(contents<std::uint32_t>(buffer.get()), Values(count, 3)) << "nobody has synchronised it";
  blit([&](MTL::BlitCommandEncoder* encoder) { encoder->synchronizeResource(buffer.get()); });
  EXPECT_EQ(contents<std::uint32_t>(buffer.get()), Values(count, 6));

  set(buffer.get(), 100);
  double_all(buffer.get());
  blit([&](MTL::BlitCommandEncoder* encoder) { encoder->synchronizeResource(buffer.get()); });
  EXPECT_EQ(contents<std::uint32_t>(buffer.get()), Values(count, 12)) << "nobody has said that it was modified";

  set(buffer.get(), 100);
  buffer->didModifyRange(NS::Range(0, count * 4));
  double_all(buffer.get());
  blit([&](MTL::BlitCommandEncoder* encoder) { encoder->synchronizeResource(buffer.get()); });
  EXPECT_EQ(contents<std::uint32_t>(buffer.get()), Values(count, 200));
}

TEST_F(Buffers, PrivateOnesAreReachedByBlits) {
  for (const Processor processor : {Processor::apple, Processor::discrete}) {
    start(processor);
    const BufferRef host = gpu_.buffer_of(Values(count, 3));
    const BufferRef buffer = gpu_.buffer(count * 4, MTL::ResourceStorageModePrivate);
    EXPECT_EQ(buffer->contents(), nullptr);
    blit([&](MTL::BlitCommandEncoder* encoder) { encoder->copyFromBuffer(host.get(), 0, buffer.get(), 0, count * 4); });
    double_all(buffer.get());
    blit([&](MTL::BlitCommandEncoder* encoder) {
      encoder->copyFromBuffer(buffer.get(), 0, host.get(), 4, count * 4 - 4);
    });
    Values expected(count, 6);
    expected[0] = 3;
    EXPECT_EQ(contents<std::uint32_t>(host.get()), expected);
  }
}

TEST_F(Buffers, PrivateOnesBeginWithRubbish) {
  start(Processor::apple);
  const BufferRef host = gpu_.buffer(count * 4), buffer = gpu_.buffer(count * 4, MTL::ResourceStorageModePrivate);
  EXPECT_EQ(contents<std::uint32_t>(host.get()), Values(count, 0));
  blit([&](MTL::BlitCommandEncoder* encoder) { encoder->copyFromBuffer(buffer.get(), 0, host.get(), 0, count * 4); });
  EXPECT_EQ(contents<std::uint32_t>(host.get()), Values(count, 0xa5a5a5a5u));
}

TEST_F(Buffers, Fills) {
  start(Processor::apple);
  const BufferRef buffer = gpu_.buffer(count * 4);
  blit([&](MTL::BlitCommandEncoder* encoder) { encoder->fillBuffer(buffer.get(), NS::Range(4, 8), 0x11); });
  EXPECT_EQ(contents<std::uint32_t>(buffer.get()), (Values{0, 0x11111111u, 0x11111111u, 0, 0, 0, 0, 0}));
}

TEST_F(Buffers, BlitsCountAsWritesOfPrivateMemory) {
  adjust([](Settings& settings) { settings.checks = true; });
  ASSERT_EQ(gpu_.compile(double_kernel), "");
  const BufferRef buffer = gpu_.buffer(count * 4, MTL::ResourceStorageModePrivate);
  EXPECT_NE(gpu_.run("double_all", {{buffer.get()}, {}, {count, 1, 1}}).find("nothing has written"), std::string::npos);
  blit([&](MTL::BlitCommandEncoder* encoder) { encoder->fillBuffer(buffer.get(), NS::Range(0, count * 4), 1); });
  double_all(buffer.get());
}

}  // namespace
}  // namespace metal_emulator
