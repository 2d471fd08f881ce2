// The kernels of search/cuda for a stand-in for CUDA, with emulated lanes.
#pragma once

#include "support/fake_cuda.h"

namespace anneal::test {

/// Defines all of them.
void define_search_kernels(FakeCuda& fake);

}  // namespace anneal::test
