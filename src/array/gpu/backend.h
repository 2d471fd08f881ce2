// A GPU as a backend of arrays.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "array/backend.h"
#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

/// Whether a backend of that name is one that arrays can be computed on: a single GPU by Metal or CUDA.
bool can_open(std::string_view name);

/// The GPU of an available backend. Throws Error(unavailable) with the reason where kernels cannot be compiled here.
std::unique_ptr<Gpu> open(const std::string& name);

std::unique_ptr<Backend> make_backend(std::unique_ptr<Gpu> gpu);

}  // namespace anneal::array::gpu
