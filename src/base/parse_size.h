// Sizes in bytes as people write them.
#pragma once

#include <cstdint>
#include <string_view>

namespace anneal::base {

/// "1048576", "64M", "512 MB", "2GiB", "1.5g": a number from 0 up and one of K, M, G, T (each also as KB or KiB), all
/// of them powers of 1,024. `what` names the option in errors.
/// Throws Error(invalid_argument) for anything else and for 2^63 bytes and more.
std::uint64_t parse_size(std::string_view text, std::string_view what);

}  // namespace anneal::base
