// How long the fragments of the input are.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "anneal/map.h"

namespace anneal::cli {

/// Pairs at the begin of the input by which insert sizes are estimated: so many of any input, so that results depend on
/// nothing else.
inline constexpr std::size_t insert_size_sample = 2000;

/// Of --insert-size MEAN,DEVIATION[,MIN,MAX]: without the last two, four deviations from the mean. Throws
/// Error(invalid_argument).
InsertSizes parse_insert_sizes(const std::string& text);

/// Maps a sample of pairs, mates one after the other, by several threads.
InsertSizeEstimate estimate_insert_sizes(const Mapper& mapper, std::span<const io::SequenceRecord> sample,
                                         const RunControl& control);

/// "insert sizes 400 +- 50, proper from 150 to 650 (by 1,900 pairs)"
std::string describe_insert_sizes(const InsertSizeEstimate& estimate, bool was_given);

}  // namespace anneal::cli
