// Field by field comparison of results.
#pragma once

#include <optional>
#include <string>

#include "anneal/align.h"

namespace anneal::test {

/// Score, coordinates, status, extension and CIGAR of one pair in one line.
std::string describe(const AlignResults& results, std::size_t pair);

/// First pair in which any field differs.
std::optional<std::size_t> first_difference(const AlignResults& expected, const AlignResults& actual);

}  // namespace anneal::test
