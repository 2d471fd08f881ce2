// Reading /proc and /sys. `root` is "/", or a folder with a copy of them in tests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::base {

/// Lines of a file without their ends; none where it cannot be read.
std::vector<std::string> read_lines(const std::filesystem::path& path);

/// The file's first line.
std::optional<std::string> read_first_line(const std::filesystem::path& path);

/// The number that is all of a file's first line; nothing for "max", "-1" and other text.
std::optional<std::uint64_t> read_number(const std::filesystem::path& path);

/// The number of a line "key value" or "key: value kB" (then times 1,024).
std::optional<std::uint64_t> read_field(const std::filesystem::path& path, std::string_view key);

std::optional<std::uint64_t> parse_number(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

/// Testable forms of the functions in base/cpu.h and base/memory.h.
std::string processor_name(const std::filesystem::path& root);
std::string processor_identity(const std::filesystem::path& root);
std::uint64_t total_memory(const std::filesystem::path& root);
std::uint64_t available_memory(const std::filesystem::path& root);

}  // namespace anneal::base
