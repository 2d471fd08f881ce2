// How long work is expected to take.
#pragma once

#include <functional>

#include "array/work.h"

namespace anneal::array {

/// What a backend was measured at: see rates.h.
struct Speeds {
  std::function<double(const Work::Step&)> rate;  ///< elements a second, or multiplications of a product
  double overhead = 0;                            ///< seconds
  double copy_rate = 0;                           ///< bytes a second from or to the host's memory
};

/// Seconds, with what has to be copied to a backend whose memory that is, and the result's way back where operands came
/// from the host.
double expected_seconds(const Work& work, const Speeds& speeds, const gpu::Gpu* memory);

}  // namespace anneal::array
