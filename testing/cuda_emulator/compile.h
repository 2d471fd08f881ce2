// From CUDA's C++ to code that runs here.
#pragma once

#include <string>

namespace cuda_emulator {

/// A shared library, as bytes, with the kernel `name` of `text`, an extern "C" function; kept as those of the emulator
/// of Metal. Where there is a real NVRTC, it has to take the text as well. Throws metal_emulator::CompileError with what
/// the compiler says.
std::string compile(const std::string& text, const std::string& name);

}  // namespace cuda_emulator
