// The CPU as a backend of arrays.
#pragma once

#include <memory>
#include <string>

#include "array/backend.h"

namespace anneal::array::cpu {

/// Vector instructions, products by BLAS, and all threads.
Backend& vector_backend();

/// Plain loops on all threads, without BLAS: what other backends are validated by.
Backend& scalar_backend();

}  // namespace anneal::array::cpu
