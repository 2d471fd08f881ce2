// Text for people: standard output with its errors checked, messages on standard error, numbers with units.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace anneal::cli {

/// Writes and flushes standard output. Throws Error(io) where that fails.
void print(std::string_view text);

/// One line "anneal: <text>" on standard error.
void print_message(std::string_view text);

/// What failed where a device did, when all is written; nothing where `warning` is empty.
void print_warning(std::string_view warning);

/// "1 thread", "2 threads"
std::string counted(std::int64_t count, std::string_view noun);

/// "1.5 GiB"
std::string human_size(std::uint64_t bytes);

}  // namespace anneal::cli
