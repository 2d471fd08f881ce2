// From preprocessed MSL to C++ that clang compiles with the headers in stdlib/.
#pragma once

#include <map>
#include <string>

namespace metal_emulator {

/// Values of function constants, as C++, by number.
using ConstantTexts = std::map<unsigned, std::string>;

/// Throws SourceError where the source is not MSL, as far as tokens show it.
std::string translate(std::string preprocessed, const ConstantTexts& constants);

}  // namespace metal_emulator
