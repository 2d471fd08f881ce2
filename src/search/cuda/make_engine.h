// The search engine for a CUDA backend, in builds with CUDA and without.
#pragma once

#include <memory>

#include "anneal/device.h"
#include "search/cuda/scoring.h"
#include "search/engine.h"

namespace anneal::search::cuda {

/// For a backend that device::cuda::list_backends() says is available; of several GPUs, the first. Throws RuntimeError
/// where the device fails, Error(invalid_argument) for penalties out of range, and Error(unavailable) in a build
/// without CUDA.
std::unique_ptr<Engine> make_engine(const Backend& backend, const SearchScoring& scoring);

}  // namespace anneal::search::cuda
