// Which processor arrays are computed on.
#pragma once

#include <string>
#include <vector>

#include "anneal/array.h"

namespace anneal {

/// Those that can be used here: "cpu" (vector instructions; products by BLAS), "scalar" (plain loops, one element at a
/// time), and GPUs as `anneal devices` names them: "metal", "cuda", "cuda:1", ...
std::vector<std::string> array_backends();

/// What is computed from now on, in all threads, is computed by that backend; what was not asked for yet, too. "auto",
/// the default: by the one that is soonest done, as far as has been measured here, among those whose results of the
/// operation were found right here; where operands are counts.
///
/// A backend that is forced refuses what it cannot do: Error(unavailable), for instance of f64 with Metal. Throws
/// Error(invalid_argument) for a name that is none, and Error(unavailable) with the reason for one that cannot be used.
void set_array_backend(const std::string& name);
std::string array_backend();

/// The same values, in that backend's memory and in no other; evaluates. Throws as set_array_backend().
Array copied_to(const Array& a, const std::string& backend);

/// Returns when the GPUs have done all that was asked of them: evaluate() does not wait for them, but whatever reads
/// values does. Throws Error(device_failed) where something failed.
void wait_for_arrays();

}  // namespace anneal
