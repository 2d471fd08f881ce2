// How fast backends are on this machine, as measured at need and kept for later runs.
#pragma once

#include "array/backend.h"
#include "array/operation.h"

namespace anneal::array {

/// Elements a second, or multiplications of a product: of large operands that are in the backend's memory.
double rate(Backend& backend, Operation operation, DType dtype);
/// Seconds that an operation of few elements takes.
double overhead(Backend& backend);
/// Bytes a second between the host's memory and the backend's; infinite where they are one.
double copy_rate(Backend& backend);

}  // namespace anneal::array
