// Whether a backend computes an operation right on this machine.
#pragma once

#include <cstdint>

#include "array/backend.h"
#include "array/operation.h"

namespace anneal::array {

enum class Validation : std::uint8_t {
  right,
  wrong,        ///< or it failed, or cannot be compiled
  not_defined,  ///< there is no such operation of this dtype
  not_here,     ///< the backend has not the dtype
};

/// Compares it with the scalar backend on a few thousand elements, edges included, unless the answer is known: of this
/// process, and of GPUs that were right, of earlier ones, too. What scalar computes is right. Thread-safe.
Validation validation(Backend& backend, Operation operation, DType dtype);

}  // namespace anneal::array
