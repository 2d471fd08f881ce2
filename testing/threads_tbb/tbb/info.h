#pragma once

#include "tbb/team.h"

namespace tbb::info {

inline int default_concurrency() { return team::hardware_threads(); }

}  // namespace tbb::info
