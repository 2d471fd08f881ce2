// Whether a backend computes an operation right on this machine.
#pragma once

#include <cstdint>
#include <string>

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
/// Throws Error(out_of_memory) where there is not the memory to find out.
Validation validation(Backend& backend, Operation operation, DType dtype);

/// What is the matter with one that is wrong, as the end of a sentence.
std::string why_wrong(Backend& backend, Operation operation, DType dtype);

}  // namespace anneal::array
