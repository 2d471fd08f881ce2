// Runs the threads of one threadgroup, as one worker does for threadgroup after threadgroup.
//
// Each thread is a fiber. It runs until it waits for others: at functions of its simdgroup and at barriers. One
// simdgroup after the other lets its lanes go on; which one is next, and in which order its lanes run, the settings
// say.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "grid/dispatch.h"
#include "grid/fiber_pool.h"
#include "grid/simdgroup.h"
#include "grid/threadgroup_memory.h"

namespace metal_emulator {

class Threadgroup {
 public:
  /// `groups`: how many the grid has. `checker`: null where nothing is checked.
  Threadgroup(const Dispatch& dispatch, Extent groups, const Settings& settings, Checker* checker);

  /// What the kernel did wrong, or nothing.
  const std::string& run(std::uint64_t index);

  // What follows is for the services, which kernels call on a thread's fiber.

  /// The threadgroup, and in it the lane, that this worker runs at the moment.
  static Threadgroup& current();
  Lane& lane() { return *lane_; }

  const Exchange* exchange(const void* value, unsigned bytes, unsigned operation, Place place);
  void wait(LaneState state, unsigned operation, Place place);
  /// Null, after set_failure(), where there is no room.
  void* threadgroup_variable(unsigned number, std::size_t bytes, std::size_t alignment);
  /// Whether it is allowed; else after set_failure().
  bool access(const void* address, std::size_t bytes, AccessKind kind, const void* code);
  /// The first failure is the one that counts.
  void set_failure(const std::string& text);
  /// After a failure: leaves the kernel. Nothing that is alive on the fiber will be destroyed.
  [[noreturn]] void abandon();

 private:
  void prepare(std::uint64_t index);
  void prepare_lane(std::uint32_t number, const ThreadInputs& common);
  void prepare_memory();
  void run_simdgroups();
  unsigned next_simdgroup();
  /// Whether threads wait at a barrier, which they now leave.
  bool pass_barrier();

  static void run_lane(void* lane);

  const Dispatch& dispatch_;
  const Extent groups_;
  const Settings& settings_;
  Checker* checker_;
  std::mt19937 random_;

  BorrowedFibers fibers_;
  std::vector<Lane> lanes_;
  std::vector<Simdgroup> simdgroups_;
  ThreadgroupMemory memory_;
  std::array<void*, most_bindings> buffers_{};
  std::array<void*, most_bindings> threadgroup_arguments_{};

  std::uint32_t threads_ = 0;  // that this threadgroup has
  unsigned simdgroup_count_ = 0;
  Lane* lane_ = nullptr;
  std::string failure_;
};

}  // namespace metal_emulator
