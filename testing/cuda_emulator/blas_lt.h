// cuBLASLt without NVIDIA: plain loops over column-major matrices, by what its documentation says.
#pragma once

#include <memory>

#include "support/fake_cuda.h"

namespace cuda_emulator {

/// For FakeCuda::vendor_libraries of `cuda`, in whose streams products are done. There is one at a time.
std::shared_ptr<const anneal::device::cuda::VendorLibrary> make_blas_lt(anneal::test::FakeCuda& cuda);

}  // namespace cuda_emulator
