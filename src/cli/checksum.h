// A number that stands for all alignments of a batch.
#pragma once

#include <cstdint>

#include "anneal/align.h"

namespace anneal::cli {

/// FNV-1a over every field of every result, CIGARs and extensions included; the engine, counters and times are not.
std::uint64_t checksum_of(const AlignResults& results);

}  // namespace anneal::cli
