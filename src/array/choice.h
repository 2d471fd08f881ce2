// Which backend computes what.
#pragma once

#include "anneal/error.h"
#include "array/backend.h"
#include "array/cpu/backend.h"
#include "array/work.h"

namespace anneal::array {

/// UseBackend's, else the forced one, else the one that is expected to be done soonest: with what it has to copy, by
/// rates() of this machine, among those that validation() has found right in all steps. Throws Error(unavailable) where
/// the forced one has not a dtype, and Error(device_failed) where it computes a step wrong.
Backend& choose_backend(const Work& work);

/// The same for one pass, which is looked at as little as need be.
Backend& choose_backend(const Node& node);

/// Of a GPU that was not forced and lacks memory or what the work needs, or that fails: then it is not chosen again.
bool may_use_cpu_after(const Error& error, const Backend& backend);

/// In a handler of `error`: throws it again, or, where memory lacked, one that names operands and their shapes.
[[noreturn]] void throw_with_shapes(const Error& error, const Backend& backend, const Work& work);
[[noreturn]] void throw_with_shapes(const Error& error, const Backend& backend, const Node& node);

/// Calls compute(backend) with the backend of choose_backend(what), and with the CPU's where that is a GPU that fails
/// or has not the memory, unless it was forced.
template <class What, class Compute>
auto with_backend(const What& what, const Compute& compute) {
  Backend& backend = choose_backend(what);
  try {
    return compute(backend);
  } catch (const Error& error) {
    if (!may_use_cpu_after(error, backend)) throw_with_shapes(error, backend, what);
  }
  return compute(cpu::vector_backend());
}

}  // namespace anneal::array
