// Which kind of index is asked for, by an option or by the end of the output's name.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace anneal::cli {

/// "csi", "bai", "tbi" or "crai"; empty where nothing says it. `option` is that of an option, or empty, and `possible`
/// what the input can have. Throws Error(invalid_argument) for a name that says another kind, or no index at all.
std::string_view index_kind(std::string_view option, const std::string& output, const std::string& input,
                            std::span<const std::string_view> possible);

}  // namespace anneal::cli
