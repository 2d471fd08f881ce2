#include "grid/services.h"

#include <cstdlib>
#include <cstring>
#include <string>

#include "check/checker.h"
#include "check/source_location.h"
#include "grid/threadgroup.h"

namespace metal_emulator {

const Exchange* Threadgroup::exchange(const void* value, unsigned bytes, unsigned operation, Place place) {
  Exchange& shared = simdgroups_[lane_->inputs.simdgroup].exchange_of(*lane_);
  std::memcpy(shared.values[lane_->inputs.lane], value, bytes);
  wait(LaneState::at_exchange, operation, place);
  return &shared;
}

void Threadgroup::wait(LaneState state, unsigned operation, Place place) {
  Lane& self = *lane_;
  self.state = state;
  self.operation = operation;
  self.place = place;
  self.fiber->pause();
  ++self.exchanges;
}

void* Threadgroup::threadgroup_variable(unsigned number, std::size_t bytes, std::size_t alignment) {
  void* memory = memory_.region(number, bytes, alignment);
  if (memory == nullptr) set_failure("program_source: " + memory_.complaint());
  return memory;
}

bool Threadgroup::access(const void* address, std::size_t bytes, AccessKind kind, const void* code) {
  if (checker_ == nullptr || lane_->fiber->has_on_stack(address)) return true;
  const std::size_t offset = memory_.offset_of(address, bytes);
  const Access access{address, bytes, kind, lane_->inputs.index_in_threadgroup};
  const std::string wrong = offset != ThreadgroupMemory::none
                                ? checker_->access_threadgroup(access, memory_.shadow().bytes(offset))
                                : checker_->access_device(access);
  if (wrong.empty()) return true;
  set_failure(source_location(code) + ": " + wrong + " (thread " + std::to_string(access.thread) + ")");
  return false;
}

void Threadgroup::abandon() {
  lane_->state = LaneState::done;
  lane_->fiber->pause();
  std::abort();  // nobody resumes it
}

namespace {

void fail(const char* what, Place place) {
  Threadgroup::current().set_failure(text_of(place) + ": " + what);
  Threadgroup::current().abandon();
}

}  // namespace

const Services& services() {
  static const Services all = {
      [](const void* value, unsigned bytes, unsigned operation, Place place) {
        return Threadgroup::current().exchange(value, bytes, operation, place);
      },
      [] { return Threadgroup::current().lane().inputs.lane; },
      [](unsigned flags, Place place) { Threadgroup::current().wait(LaneState::at_threadgroup_barrier, flags, place); },
      [](unsigned flags, Place place) { Threadgroup::current().wait(LaneState::at_simdgroup_barrier, flags, place); },
      [](unsigned number, std::size_t bytes, std::size_t alignment) {
        void* memory = Threadgroup::current().threadgroup_variable(number, bytes, alignment);
        if (memory == nullptr) Threadgroup::current().abandon();
        return memory;
      },
      fail,
      [](const void* address, std::size_t bytes, AccessKind kind, const void* code) {
        if (!Threadgroup::current().access(address, bytes, kind, code)) Threadgroup::current().abandon();
      },
      fail};
  return all;
}

}  // namespace metal_emulator
