// Makes calls of a GPU's runtime fail, for tests.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace anneal::device {

enum class Operation { setup, allocate, copy, launch, stream, event, query };

inline constexpr std::array all_operations = {Operation::setup,  Operation::allocate, Operation::copy,
                                              Operation::launch, Operation::stream,   Operation::event,
                                              Operation::query};

/// Counts calls by operation and lets one of them fail. To walk all places where work may fail: do it once, read
/// count(), then do it again with the first call failing, the second, and so on. Thread-safe.
class Faults {
 public:
  /// The `nth` call of `operation` from now on, counting from 1, is not made and returns `status`, a status of that
  /// runtime's; with `forever` all after it do so as well. status::not_ready, forever, for Operation::query is a device
  /// that never finishes. Replaces what was planned before.
  void plan(Operation operation, std::uint64_t nth, int status, bool forever = false);
  /// Plans nothing, and counts from 0.
  void reset();

  std::uint64_t count(Operation operation) const;
  bool has_struck() const { return struck_; }  ///< whether a planned fault has come since it was planned

  /// For a runtime: the status that the call which is about to be made has to fail with, or 0.
  int next(Operation operation);

 private:
  std::array<std::atomic<std::uint64_t>, all_operations.size()> counts_{};
  std::atomic<bool> planned_ = false;
  std::atomic<bool> struck_ = false;
  Operation operation_{};
  std::uint64_t first_ = 0;
  int status_ = 0;
  bool forever_ = false;
};

}  // namespace anneal::device
