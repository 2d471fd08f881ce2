// The CUDA engine for a backend, in builds with CUDA and without.
#pragma once

#include <memory>

#include "align/engine.h"
#include "align/engines.h"
#include "anneal/device.h"

namespace anneal::align::cuda {

/// For a backend that device::cuda::list_backends() says is available. Throws RuntimeError where the device fails, and
/// Error(unavailable) in a build without CUDA.
std::unique_ptr<Engine> make_engine(const Backend& backend, const EngineResources& resources);

}  // namespace anneal::align::cuda
