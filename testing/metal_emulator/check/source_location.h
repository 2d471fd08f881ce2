#pragma once

#include <string>

namespace metal_emulator {

/// Which line of a kernel's source the instruction before `code` belongs to: "program_source:12", with the lines that
/// it is inlined into. By addr2line, where there is one.
std::string source_location(const void* code);

}  // namespace metal_emulator
