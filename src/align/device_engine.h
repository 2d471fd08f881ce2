// An engine that can align sequences in its device's memory.
#pragma once

#include <functional>

#include "anneal/async.h"

namespace anneal::align {

/// What is left of a call once it has been prepared. To be made once, from any thread, before the engine ends.
using PreparedCall = std::function<void(const RunControl& control, AlignResults& results)>;

class DeviceEngine {
 public:
  virtual ~DeviceEngine() = default;

  /// Returns at once. The call waits until what is in the pairs' stream now is done, or a stop is requested, and then
  /// does what Engine::execute() does. Borrows `options`, and what `pairs` borrows.
  virtual PreparedCall prepare(const DevicePairs& pairs, const AlignOptions& options) const = 0;
};

}  // namespace anneal::align
