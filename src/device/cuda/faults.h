// Makes calls of the CUDA runtime fail, for tests.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include "device/cuda/runtime_api.h"

namespace anneal::device::cuda {

enum class Operation { setup, allocate, copy, launch, stream, event, query };

inline constexpr std::array all_operations = {Operation::setup,  Operation::allocate, Operation::copy,
                                              Operation::launch, Operation::stream,   Operation::event,
                                              Operation::query};

/// Counts calls by operation and lets one of them fail. To walk all places where work may fail: do it once, read
/// count(), then do it again with the first call failing, the second, and so on. Thread-safe.
class Faults {
 public:
  /// The `nth` call of `operation` from now on, counting from 1, is not made and returns `status`; with `forever` all
  /// after it do so as well. status::not_ready, forever, for Operation::query is a device that never finishes. Replaces
  /// what was planned before.
  void plan(Operation operation, std::uint64_t nth, Status status, bool forever = false);
  /// Plans nothing, and counts from 0.
  void reset();

  std::uint64_t count(Operation operation) const;
  bool has_struck() const { return struck_; }  ///< whether a planned fault has come since it was planned

  /// For Runtime: the status that the call which is about to be made has to fail with, or 0.
  Status next(Operation operation);

 private:
  std::array<std::atomic<std::uint64_t>, all_operations.size()> counts_{};
  std::atomic<bool> planned_ = false;
  std::atomic<bool> struck_ = false;
  Operation operation_{};
  std::uint64_t first_ = 0;
  Status status_ = 0;
  bool forever_ = false;
};

}  // namespace anneal::device::cuda
