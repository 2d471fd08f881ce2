// Small files that are whole or not there, and that notice when they were damaged.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace anneal::cli {

/// Replaces the file in one step, and returns when the disk has it. Throws Error(io).
void write_checked(const std::string& path, const nlohmann::json& value);

/// Nothing where there is no such file. Throws Error(invalid_input) for one that is damaged, of another kind or from
/// another place, and Error(io) where it cannot be read.
std::optional<nlohmann::json> read_checked(const std::string& path);

}  // namespace anneal::cli
