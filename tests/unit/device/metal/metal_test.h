// Tests of the Metal backend run on what there is: emulated GPUs, with unified memory and without, or a real one.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "device/metal/device.h"

namespace anneal::device::metal {

enum class Gpu { apple, discrete, real };

/// Those that this program can test.
std::vector<Gpu> test_gpus();
/// For all calls of Metal from now on.
void use_gpu(Gpu gpu);
/// Emulates a second GPU, of the other kind, until the next use_gpu(). False where there are real ones.
bool add_other_gpu();
/// What devices that are opened from now on have of memory, until the next test. False where that cannot be.
bool limit_memory(std::uint64_t bytes);
/// Objects of Metal's that are alive; 0 where that cannot be known.
long live_objects();
/// Lets a test wait for Metal's threads to let go of what they have; whether no more than `count`
/// objects are left: fewer where another test's device was lost, which lets go late.
bool has_live_objects(long count);

/// For INSTANTIATE_TEST_SUITE_P.
std::string gpu_name(const testing::TestParamInfo<Gpu>& info);

class MetalTest : public testing::TestWithParam<Gpu> {
 protected:
  void SetUp() override;
  void TearDown() override;

  Runtime& runtime() { return *runtime_; }
  Device& device() { return *device_; }
  bool is_unified() { return device().limits().unified_memory; }
  /// How many command buffers were committed, and queues created.
  std::uint64_t commits() { return runtime().faults().count(Operation::stream); }

  std::unique_ptr<Runtime> runtime_;
  std::unique_ptr<Device> device_;
  bool leaks_ = false;  ///< a test that poisons the runtime leaves things behind

 private:
  long objects_before_ = 0;
};

/// What `work` throws, as an error of this type; a failure where it throws none.
template <class Wanted, class Work>
Wanted error_of(const Work& work) {
  try {
    work();
  } catch (const Wanted& error) {
    return error;
  }
  throw std::logic_error("nothing was thrown");
}

}  // namespace anneal::device::metal
