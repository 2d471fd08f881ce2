// Objects, owners, pools and blocks: what the Objective-C runtime would do.
#include <objc/message.h>

#include "gpu.h"

namespace metal_emulator {
namespace {

using Objects = EmulatorTest;
using ObjectsDeathTest = EmulatorTest;

TEST_F(Objects, AreCounted) {
  const long before = live_objects();
  NS::String* string = NS::String::alloc()->init("x", NS::UTF8StringEncoding);
  EXPECT_EQ(live_objects(), before + 1);
  EXPECT_EQ(string->retainCount(), 1u);
  string->retain();
  string->release();
  EXPECT_STREQ(string->utf8String(), "x");
  string->release();
  EXPECT_EQ(live_objects(), before);
}

TEST_F(Objects, PoolsReleaseWhatWasMadeInThem) {
  const long before = live_objects();
  {
    const Pool outer;
    text("a");
    {
      const Pool inner;
      text("b");
      EXPECT_EQ(live_objects(), before + 4);
    }
    EXPECT_EQ(live_objects(), before + 2);
  }
  EXPECT_EQ(live_objects(), before);
}

TEST_F(Objects, NilAnswersNothing) {
  const SEL selector = sel_registerName("anything");
  EXPECT_EQ(reinterpret_cast<id (*)(id, SEL)>(objc_msgSend)(nullptr, selector), nullptr);
  EXPECT_EQ(reinterpret_cast<long (*)(id, SEL, long)>(objc_msgSend)(nullptr, selector, 5), 0);
  EXPECT_EQ(reinterpret_cast<double (*)(id, SEL)>(objc_msgSend_fpret)(nullptr, selector), 0.0);
}

TEST_F(Objects, StringsAndErrors) {
  const Pool pool;
  EXPECT_TRUE(text("ab")->isEqualToString(text("ab")));
  EXPECT_EQ(text("abc")->length(), 3u);
  NS::Error* error = nullptr;
  Gpu gpu;
  EXPECT_EQ(gpu.device()->newLibrary(text("kernel"), nullptr, &error), nullptr);
  ASSERT_NE(error, nullptr);
  EXPECT_STREQ(error->domain()->utf8String(), "MTLLibraryErrorDomain");
  EXPECT_EQ(error->code(), 3);
}

TEST_F(Objects, StructsAreReturned) {
  Gpu gpu;
  const MTL::Size most = gpu.device()->maxThreadsPerThreadgroup();
  EXPECT_EQ(most.width, 1024u);
  EXPECT_EQ(most.depth, 1024u);
}

TEST_F(Objects, LabelsAndDevices) {
  const Pool pool;
  Gpu gpu;
  const BufferRef buffer = gpu.buffer(16);
  buffer->setLabel(text("letters"));
  EXPECT_STREQ(buffer->label()->utf8String(), "letters");
  EXPECT_EQ(buffer->device(), gpu.device());
}

// A deallocator is a block that outlives its caller's stack.
TEST_F(Objects, BlocksKeepWhatTheyCapture) {
  alignas(16384) static char memory[16384];
  int called = 0;
  std::string captured(100, 'x');
  {
    Gpu gpu;
    int* counter = &called;
    MTL::Buffer* buffer = gpu.device()->newBuffer(
        memory, sizeof memory, MTL::ResourceStorageModeShared, ^(void* pointer, NS::UInteger length) {
          if (pointer == memory && length == 16384 && captured.size() == 100) {
            ++*counter;
          }
        });
    captured.clear();
    EXPECT_EQ(buffer->contents(), memory);
    buffer->release();
  }
  EXPECT_EQ(called, 1);
}

TEST_F(ObjectsDeathTest, UnknownSelectors) {
  Gpu gpu;
  EXPECT_DEATH(gpu.device()->newFence(), "-\\[MTLDevice newFence\\]: unrecognized selector \\(not part of what is");
}

TEST_F(ObjectsDeathTest, ReleasedTooOften) {
  EXPECT_DEATH(
      {
        NS::String* string = NS::String::alloc()->init("x", NS::UTF8StringEncoding);
        string->release();
        string->release();
      },
      "-\\[deallocated NSString release\\]: unrecognized selector");
  EXPECT_DEATH(
      {
        const Pool pool;
        text("x")->release();
      },
      "deallocated NSString");
}

TEST_F(ObjectsDeathTest, PoolsInTheWrongOrder) {
  EXPECT_DEATH(
      {
        auto* outer = NS::AutoreleasePool::alloc()->init();
        NS::AutoreleasePool::alloc()->init();
        outer->release();
      },
      "pools are released in another order");
}

}  // namespace
}  // namespace metal_emulator
