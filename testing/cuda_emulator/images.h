// Images of kernels, as cudaLibraryLoadData takes them: here, shared libraries.
#pragma once

#include <string>

#include "support/fake_cuda.h"

namespace cuda_emulator {

/// What NVRTC's stand-in makes of a shared library: it says how long it is, too.
std::string image_of(const std::string& library);

/// For FakeCuda::open_image. What a kernel does wrong ends the program, with a text that names it.
anneal::test::FakeCuda::Image open_image(const void* image);

}  // namespace cuda_emulator
