#include "device/cuda/runtime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/device/cuda/cuda_test.h"

namespace anneal::device::cuda {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class RuntimeTest : public testing::Test {
 protected:
  void call(Status result) {
    runtime_.call(
        Operation::copy,
        [&](RuntimeApi&) {
          ++made_;
          return result;
        },
        [] { return std::string("copying 4 bytes"); });
  }
  RuntimeError error_of_call(Status result) {
    return error_of<RuntimeError>([&] { call(result); });
  }

  test::FakeCuda fake_;
  Runtime runtime_{fake_};
  int made_ = 0;
};

TEST_F(RuntimeTest, ErrorsSayWhatFailedWhyAndWhatToDo) {
  EXPECT_NO_THROW(call(status::success));
  const RuntimeError error = error_of_call(status::invalid_value);
  EXPECT_EQ(error.code(), ErrorCode::device_failed);
  EXPECT_EQ(error.status(), status::invalid_value);
  EXPECT_STREQ(error.what(),
               "copying 4 bytes failed: error number 1 (cudaError1, 1); choose another backend if this "
               "goes on");
  EXPECT_FALSE(runtime_.is_poisoned());
  EXPECT_EQ(error_of_call(status::out_of_memory).code(), ErrorCode::out_of_memory);
  EXPECT_NO_THROW(call(status::success));
}

TEST_F(RuntimeTest, OneStatusMayBeExpected) {
  const auto ask = [&](Status result) {
    return runtime_.call_unless(
        status::not_ready, Operation::query, [&](RuntimeApi&) { return result; }, [] { return std::string("asking"); });
  };
  EXPECT_TRUE(ask(status::success));
  EXPECT_FALSE(ask(status::not_ready));
  EXPECT_THROW(ask(status::invalid_value), RuntimeError);
}

TEST_F(RuntimeTest, StickyErrorsPoison) {
  for (const Status sticky :
       {status::illegal_address, status::launch_failure, status::launch_timeout, status::ecc_uncorrectable, 4711}) {
    EXPECT_TRUE(is_sticky(sticky)) << sticky;
  }
  error_of_call(status::illegal_address);
  EXPECT_TRUE(runtime_.is_poisoned());
  made_ = 0;
  const RuntimeError error = error_of_call(status::success);
  EXPECT_EQ(error.code(), ErrorCode::device_failed);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("was not tried"), HasSubstr("failed before"), HasSubstr("700")));
  runtime_.release([&](RuntimeApi&) {
    ++made_;
    return status::success;
  });
  EXPECT_EQ(made_, 0) << "a poisoned runtime makes no call";
}

TEST_F(RuntimeTest, WhatFailsOnReleaseIsNotedAndNotThrown) {
  runtime_.release([](RuntimeApi&) { return status::invalid_value; });
  EXPECT_FALSE(runtime_.is_poisoned());
  runtime_.release([](RuntimeApi&) { return status::launch_failure; });
  EXPECT_TRUE(runtime_.is_poisoned());
}

TEST_F(RuntimeTest, TheFirstReasonCounts) {
  EXPECT_EQ(runtime_.poison_reason(), "");
  runtime_.poison("first");
  runtime_.poison("second");
  EXPECT_EQ(runtime_.poison_reason(), "first");
}

TEST_F(RuntimeTest, PlannedFaultsStrikeOnceOrFromThenOn) {
  call(status::success);
  runtime_.faults().plan(Operation::copy, 2, status::out_of_memory);
  call(status::success);
  EXPECT_FALSE(runtime_.faults().has_struck());
  EXPECT_EQ(error_of_call(status::success).code(), ErrorCode::out_of_memory);
  EXPECT_TRUE(runtime_.faults().has_struck());
  call(status::success);
  EXPECT_EQ(made_, 3) << "the call that fails is not made";
  EXPECT_EQ(runtime_.faults().count(Operation::copy), 4u);
  EXPECT_EQ(runtime_.faults().count(Operation::launch), 0u);

  runtime_.faults().plan(Operation::copy, 1, status::invalid_value, true);
  for (int i = 0; i < 3; ++i) error_of_call(status::success);
  runtime_.reset_faults();
  EXPECT_NO_THROW(call(status::success));
  EXPECT_EQ(runtime_.faults().count(Operation::copy), 1u);
}

TEST_F(RuntimeTest, OnlyPlannedPoisoningIsUndone) {
  runtime_.faults().plan(Operation::copy, 1, status::launch_failure);
  error_of_call(status::success);
  EXPECT_TRUE(runtime_.is_poisoned());
  runtime_.reset_faults();
  EXPECT_FALSE(runtime_.is_poisoned());
  error_of_call(status::launch_failure);
  runtime_.reset_faults();
  EXPECT_TRUE(runtime_.is_poisoned());
}

TEST(CurrentDevice, IsThatOfTheCallerAgainAfterwards) {
  test::FakeCuda fake(3);
  Runtime runtime(fake);
  fake.set_device(2);
  {
    const CurrentDevice current(runtime, 1);
    EXPECT_EQ(fake.current_device(), 1);
  }
  EXPECT_EQ(fake.current_device(), 2);
  EXPECT_THROW(CurrentDevice(runtime, 3), RuntimeError);
  EXPECT_EQ(fake.current_device(), 2);
}

TEST(ProcessRuntime, IsThereWhereTheBuildHasCuda) {
  EXPECT_EQ(process_runtime() == nullptr, list_backends().front().reason == absent_from_build);
  EXPECT_FALSE(is_poisoned());
}

}  // namespace
}  // namespace anneal::device::cuda
