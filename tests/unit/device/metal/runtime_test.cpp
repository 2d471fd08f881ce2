#include "device/metal/runtime.h"

#include <gmock/gmock.h>

#include "device/metal/toolkit.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class MetalRuntime : public testing::Test {
 protected:
  void call(Status result) {
    runtime_.call(
        Operation::copy,
        [&](RuntimeApi&) {
          ++made_;
          return Outcome{result, "it went wrong"};
        },
        [] { return std::string("copying 4 bytes"); });
  }
  RuntimeError error_of_call(Status result) {
    return error_of<RuntimeError>([&] { call(result); });
  }

  Runtime runtime_{*toolkit_api()};
  int made_ = 0;
};

TEST_F(MetalRuntime, ErrorsSayWhatFailedWhyAndWhatToDo) {
  EXPECT_NO_THROW(call(status::success));
  const RuntimeError error = error_of_call(status::page_fault);
  EXPECT_EQ(error.code(), ErrorCode::device_failed);
  EXPECT_EQ(error.status(), status::page_fault);
  EXPECT_STREQ(error.what(),
               "copying 4 bytes failed: it went wrong (PageFault, 3); choose another backend if this goes on");
  EXPECT_FALSE(runtime_.is_poisoned());
  EXPECT_EQ(error_of_call(status::out_of_memory).code(), ErrorCode::out_of_memory);
  EXPECT_NO_THROW(call(status::success));
}

TEST_F(MetalRuntime, OneStatusMayBeExpected) {
  const auto ask = [&](Status result) {
    return runtime_.call_unless(
        status::not_ready, Operation::query, [&](RuntimeApi&) { return Outcome{result, ""}; },
        [] { return std::string("asking"); });
  };
  EXPECT_TRUE(ask(status::success));
  EXPECT_FALSE(ask(status::not_ready));
  EXPECT_THROW(ask(status::internal), RuntimeError);
}

TEST_F(MetalRuntime, StickyFailuresPoison) {
  EXPECT_TRUE(is_sticky(status::access_revoked));
  EXPECT_TRUE(is_sticky(status::device_removed));
  for (const Status passing : {status::success, status::timeout, status::page_fault, status::out_of_memory,
                               status::not_compiled, status::no_object, status::not_ready}) {
    EXPECT_FALSE(is_sticky(passing)) << status_name(passing);
  }
  error_of_call(status::device_removed);
  EXPECT_TRUE(runtime_.is_poisoned());
  made_ = 0;
  const RuntimeError error = error_of_call(status::success);
  EXPECT_EQ(error.code(), ErrorCode::device_failed);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("was not tried"), HasSubstr("failed before"), HasSubstr("DeviceRemoved")));
  EXPECT_EQ(made_, 0) << "a poisoned runtime makes no call";
}

TEST_F(MetalRuntime, DevicesHavePartsThatAreLostAlone) {
  Runtime &first = runtime_.of_device(0), &second = runtime_.of_device(1);
  EXPECT_EQ(&runtime_.of_device(1), &second);
  EXPECT_EQ(&first.of_device(1), &second);
  EXPECT_EQ(&first.faults(), &runtime_.faults());
  EXPECT_FALSE(runtime_.has_poisoned_part());
  EXPECT_TRUE(is_loss_of_device(status::device_removed));
  EXPECT_THROW(first.fail("work", {status::device_removed, "gone"}), RuntimeError);
  EXPECT_TRUE(first.is_poisoned());
  EXPECT_THAT(first.poison_reason(), HasSubstr("the device is not used again"));
  EXPECT_TRUE(runtime_.has_poisoned_part());
  EXPECT_FALSE(second.is_poisoned());
  EXPECT_EQ(second.poison_reason(), "");
  EXPECT_FALSE(runtime_.is_poisoned());
}

TEST_F(MetalRuntime, WhatTheProcessLosesAllDevicesLose) {
  Runtime &first = runtime_.of_device(0), &second = runtime_.of_device(1);
  EXPECT_FALSE(is_loss_of_device(status::access_revoked));
  EXPECT_THROW(first.fail("work", {status::access_revoked, "enough"}), RuntimeError);
  for (const Runtime* part : {&runtime_, &first, &second}) {
    EXPECT_TRUE(part->is_poisoned());
    EXPECT_THAT(part->poison_reason(), HasSubstr("Metal is not used again"));
  }
}

TEST_F(MetalRuntime, StatusesHaveNames) {
  EXPECT_EQ(status_name(status::stack_overflow), "StackOverflow");
  EXPECT_EQ(status_name(4711), "error 4711");
}

TEST_F(MetalRuntime, TheFirstReasonCounts) {
  EXPECT_EQ(runtime_.poison_reason(), "");
  runtime_.poison("first");
  runtime_.poison("second");
  EXPECT_EQ(runtime_.poison_reason(), "first");
}

TEST_F(MetalRuntime, PlannedFaultsStrikeOnceOrFromThenOn) {
  call(status::success);
  runtime_.faults().plan(Operation::copy, 2, status::out_of_memory);
  call(status::success);
  EXPECT_FALSE(runtime_.faults().has_struck());
  EXPECT_EQ(error_of_call(status::success).code(), ErrorCode::out_of_memory);
  EXPECT_TRUE(runtime_.faults().has_struck());
  call(status::success);
  EXPECT_EQ(made_, 3) << "the call that fails is not made";

  runtime_.faults().plan(Operation::copy, 1, status::timeout, true);
  for (int i = 0; i < 3; ++i) error_of_call(status::success);
  runtime_.reset_faults();
  EXPECT_NO_THROW(call(status::success));
}

TEST_F(MetalRuntime, OnlyPlannedPoisoningIsUndone) {
  runtime_.faults().plan(Operation::copy, 1, status::access_revoked);
  error_of_call(status::success);
  EXPECT_TRUE(runtime_.is_poisoned());
  runtime_.reset_faults();
  EXPECT_FALSE(runtime_.is_poisoned());
  Runtime& part = runtime_.of_device(0);
  runtime_.faults().plan(Operation::copy, 1, status::access_revoked);
  error_of_call(status::success);
  part.poison("as well");
  part.reset_faults();
  EXPECT_FALSE(part.is_poisoned());
  error_of_call(status::access_revoked);
  runtime_.reset_faults();
  EXPECT_TRUE(runtime_.is_poisoned());
}

TEST(MetalProcessRuntime, IsMadeOnce) {
  ASSERT_NE(process_runtime(), nullptr);
  EXPECT_EQ(process_runtime(), process_runtime());
  EXPECT_FALSE(is_poisoned());
}

}  // namespace
}  // namespace anneal::device::metal
