#include "device/faults.h"

namespace anneal::device {

// What is planned is published by planned_, and tests plan while no other thread is in a call.
void Faults::plan(Operation operation, std::uint64_t nth, int status, bool forever) {
  planned_ = false;
  operation_ = operation;
  first_ = count(operation) + nth;
  status_ = status;
  forever_ = forever;
  struck_ = false;
  planned_ = true;
}

void Faults::reset() {
  planned_ = false;
  struck_ = false;
  for (auto& count : counts_) count = 0;
}

std::uint64_t Faults::count(Operation operation) const { return counts_[static_cast<std::size_t>(operation)]; }

int Faults::next(Operation operation) {
  const std::uint64_t call = ++counts_[static_cast<std::size_t>(operation)];
  if (!planned_ || operation != operation_ || (forever_ ? call < first_ : call != first_)) return 0;
  struck_ = true;
  return status_;
}

}  // namespace anneal::device
