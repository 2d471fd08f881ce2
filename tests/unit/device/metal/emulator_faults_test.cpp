// What Metal itself may refuse or break, as the emulator plays it.
#include <gmock/gmock.h>
#include <metal_emulator.h>

#include "device/buffer_pool.h"
#include "device/metal/self_check.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

using metal_emulator::Fault;
using testing::AllOf;
using testing::HasSubstr;

class MetalEmulatorFaults : public MetalTest {
 protected:
  void SetUp() override {
    MetalTest::SetUp();
    // After a command buffer that failed, the next one may read what has never been written.
    adjust([](metal_emulator::Settings& settings) { settings.checks = false; });
  }

  template <class Change>
  static void adjust(Change change) {
    metal_emulator::Settings settings = metal_emulator::settings();
    change(settings);
    metal_emulator::set_settings(settings);
  }
  /// A device of its own: nothing is compiled yet.
  void check_new_device() {
    Device fresh(runtime(), 0);
    check_device(fresh);
  }
  RuntimeError error_of_check() {
    return error_of<RuntimeError>([this] { check_new_device(); });
  }
};
INSTANTIATE_TEST_SUITE_P(On, MetalEmulatorFaults, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalEmulatorFaults, EachCallCanFail) {
  const std::pair<Fault, Status> kinds[] = {{Fault::buffer, status::out_of_memory},
                                            {Fault::library, status::not_compiled},
                                            {Fault::pipeline, status::not_compiled},
                                            {Fault::command_buffer, status::page_fault}};
  for (const auto& [fault, expected] : kinds) {
    const unsigned before = metal_emulator::calls(fault);
    check_new_device();
    const unsigned count = metal_emulator::calls(fault) - before;
    EXPECT_GT(count, 0u);
    for (unsigned nth = 1; nth <= count; ++nth) {
      metal_emulator::plan_fault(fault, nth, 1, status::page_fault);
      EXPECT_EQ(error_of_check().status(), expected) << nth << " of " << count;
      EXPECT_FALSE(device().runtime().is_poisoned());
      EXPECT_NO_THROW(check_new_device());
    }
  }
}

TEST_P(MetalEmulatorFaults, CommandBuffersFailForManyReasons) {
  for (const Status status : {status::internal, status::timeout, status::page_fault, status::not_permitted,
                              status::out_of_memory, status::invalid_resource, status::stack_overflow}) {
    metal_emulator::plan_fault(Fault::command_buffer, 2, 1, status);
    const RuntimeError error = error_of_check();
    EXPECT_EQ(error.status(), status);
    EXPECT_EQ(error.code(), status == status::out_of_memory ? ErrorCode::out_of_memory : ErrorCode::device_failed);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("kernels fill, transpose on " + device().where() + " failed: "),
                                    HasSubstr(status_name(status))));
  }
}

TEST_P(MetalEmulatorFaults, CompilersSayWhy) {
  metal_emulator::plan_fault(Fault::library, 1);
  EXPECT_THAT(error_of_check().what(), AllOf(HasSubstr("compiling device/metal/self_check.metal for kernel fill on "),
                                             HasSubstr("error: a fault that the test planned")));
  metal_emulator::plan_fault(Fault::pipeline, 2);
  EXPECT_THAT(error_of_check().what(), AllOf(HasSubstr("compiling kernel transpose of device/metal/self_check.metal"),
                                             HasSubstr("a fault that the test planned")));
}

TEST_P(MetalEmulatorFaults, ARemovedDeviceIsNotUsedAgain) {
  leaks_ = true;
  const Allocation memory = device().allocate(400, MemoryKind::device);
  Queue queue(device());
  metal_emulator::remove_device();
  queue.launch(fill_kernel, cover({100}, {32}), FirstGroup{}, static_cast<std::uint32_t*>(memory.data()), 1, 100);
  const auto error = error_of<RuntimeError>([&] { queue.synchronize(); });
  EXPECT_THAT(error.what(), HasSubstr("DeviceRemoved"));
  EXPECT_TRUE(device().runtime().is_poisoned());
  EXPECT_THROW(queue.record()->wait(), RuntimeError);
  Runtime later(runtime().api());
  EXPECT_EQ(list_backends(&later).front().reason, "Metal shows no GPU");
  EXPECT_THROW(Device(later, 0), RuntimeError);
}

TEST_P(MetalEmulatorFaults, WithoutADeviceThereIsNone) {
  adjust([](metal_emulator::Settings& settings) { settings.devices.clear(); });
  EXPECT_EQ(list_backends(&runtime()).front().reason, "Metal shows no GPU");
  const auto error = error_of<RuntimeError>([&] { Device(runtime(), 0); });
  EXPECT_THAT(error.what(), HasSubstr("opening metal failed: Metal shows 0 devices"));
}

TEST_P(MetalEmulatorFaults, PoolsGiveIdleMemoryBackBeforeTheDeviceIsFull) {
  constexpr std::size_t most = std::size_t{1} << 20;
  adjust([](metal_emulator::Settings& settings) { settings.devices[0].memory = most; });
  Device small(runtime(), 0);
  BufferPool pool(small, MemoryKind::device);
  pool.acquire<char>(most / 2);
  EXPECT_EQ(pool.acquire<char>(most / 4 * 3).size(), most / 4 * 3);
  EXPECT_THROW(pool.acquire<char>(2 * most), RuntimeError);
  EXPECT_EQ(pool.usage().in_use, 0u);
}

TEST_P(MetalEmulatorFaults, GroupsObeyThePipelinesLimit) {
  adjust([](metal_emulator::Settings& settings) { settings.devices[0].max_threads_of_pipelines = 160; });
  EXPECT_EQ(device().kernels().group_size(fill_kernel.ref()), 160);
  const Extent tile = device().kernels().group_size_2d(transpose_kernel.ref(), 64);
  EXPECT_EQ(tile.x, 64u);
  EXPECT_EQ(tile.y, 2u);
  EXPECT_NO_THROW(check_device(device()));
}

TEST_P(MetalEmulatorFaults, NobodyReadsBeforeTheDeviceIsDone) {
  adjust([](metal_emulator::Settings& settings) { settings.commit_delay = std::chrono::milliseconds(3); });
  for (int round = 0; round < 3; ++round) EXPECT_NO_THROW(check_device(device()));
}

TEST_P(MetalEmulatorFaults, ManyCommandBuffersWaitForRoom) {
  adjust([](metal_emulator::Settings& settings) { settings.commit_delay = std::chrono::milliseconds(1); });
  const Allocation memory = device().allocate(400, MemoryKind::staging);
  auto* const numbers = static_cast<std::uint32_t*>(memory.data());
  Queue queue(device());
  for (unsigned i = 0; i < 150; ++i) {
    queue.launch(fill_kernel, cover({100}, {128}), FirstGroup{}, numbers, i, 100);
    queue.flush();
  }
  queue.synchronize();
  EXPECT_EQ(numbers[99], 149u + 99u);
}

TEST_P(MetalEmulatorFaults, AHangingDeviceIsGivenUp) {
  adjust([](metal_emulator::Settings& settings) { settings.commit_delay = std::chrono::milliseconds(300); });
  const Allocation memory = device().allocate(400, MemoryKind::device);
  {
    Queue queue(device());
    queue.set_deadline(std::chrono::milliseconds(20));
    queue.launch(fill_kernel, cover({100}, {32}), FirstGroup{}, static_cast<std::uint32_t*>(memory.data()), 1, 100);
    const auto event = queue.record();
    const auto error = error_of<RuntimeError>([&] { event->wait(); });
    EXPECT_THAT(error.what(), HasSubstr("kernel fill on " + device().where() + " is not done after 0.02 s"));
  }
  EXPECT_TRUE(device().runtime().is_poisoned());
  EXPECT_FALSE(runtime().is_poisoned());
}

}  // namespace
}  // namespace anneal::device::metal
