#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "msl/source.h"

namespace metal_emulator {

/// All tokens of preprocessed source; operators of several characters are several tokens. Lines that begin with # are
/// left out.
std::vector<Token> tokens_of(std::string_view text);

/// "file:line:column" of an offset, by the preprocessor's line markers.
std::string described_place(std::string_view text, std::size_t offset);

}  // namespace metal_emulator
