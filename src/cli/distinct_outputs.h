// Outputs of one command that would be one file.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace anneal::cli {

struct OutputFile {
  std::string_view option;  ///< "-o", "--json"
  std::string_view path;    ///< empty: not given
};

/// Throws Error(invalid_argument) where two of them are the same path, or both standard output. /dev/null takes any
/// number of them.
void refuse_same_outputs(std::span<const OutputFile> outputs);

}  // namespace anneal::cli
