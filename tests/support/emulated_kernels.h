// The aligner's kernels on a stand-in for CUDA: the same programs, with lanes emulated.
#pragma once

#include "support/fake_cuda.h"

namespace anneal::test {

/// After this, an engine of align/cuda works on `fake`.
void define_align_kernels(FakeCuda& fake);

}  // namespace anneal::test
