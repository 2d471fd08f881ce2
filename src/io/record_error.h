// Errors that name a record of a sequence file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "anneal/error.h"

namespace anneal::io {

/// "record 3 ('chr1') of 'x.fa'"; `number` counts from 1.
std::string describe_record(std::uint64_t number, std::string_view name, const std::string& source);

/// "byte 0x2d ('-')"
std::string describe_byte(char byte);

}  // namespace anneal::io
