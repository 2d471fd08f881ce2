// Which names SAM allows.
#pragma once

#include <span>
#include <string_view>

#include "io/record_writer.h"

namespace anneal::io {

/// Throws Error(invalid_input) for a name that SAM does not allow (`[!-()+-<>-~][!-~]*`) or that occurs twice.
void check_reference_names(std::span<const Reference> references);

/// Throws Error(invalid_input) unless the name is empty or matches `[!-?A-~]{1,254}`.
void check_query_name(std::string_view name);

}  // namespace anneal::io
