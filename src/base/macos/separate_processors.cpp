#include "base/separate_processors.h"

namespace anneal::base {

// Threads cannot be told where to run.
SeparateProcessors::SeparateProcessors() = default;
void SeparateProcessors::take_one() {}

}  // namespace anneal::base
