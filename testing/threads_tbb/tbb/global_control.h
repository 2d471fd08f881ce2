#pragma once

#include <cstddef>
#include <limits>

namespace tbb {

/// Arenas alone limit the threads here.
class global_control {
 public:
  enum parameter { max_allowed_parallelism };
  global_control(parameter, std::size_t) {}
  static std::size_t active_value(parameter) { return std::numeric_limits<std::size_t>::max(); }
};

}  // namespace tbb
