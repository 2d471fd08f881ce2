// From CUDA's C++ to code that runs here.
#pragma once

#include <cstddef>
#include <string>

namespace cuda_emulator {

/// A shared library, as bytes, with the kernels of `text`: those that are written as KERNEL(name), and `name`, which
/// are extern "C" functions; kept as those of the emulator of Metal. Where there is a real NVRTC, it has to take the
/// text as well. Throws metal_emulator::CompileError with what the compiler says.
std::string compile(const std::string& text, const std::string& name);

/// Of all that code which is made here depends on, but for the text.
std::size_t fingerprint();

}  // namespace cuda_emulator
