// Inputs and outputs that cannot go together.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace anneal::cli {

struct InputFile {
  std::string_view role;  ///< as messages call it: "QUERY", "--matrix"
  std::string_view path;  ///< empty: not given
};

/// Throws Error(invalid_argument) where two inputs are standard input, under any of its names, and where the output
/// would replace one of them. `option` is what names the output.
void refuse_file_conflicts(std::span<const InputFile> inputs, const std::string& output,
                           std::string_view option = "-o");

}  // namespace anneal::cli
