// Parts of the reports that people read: pretty and pairwise.
#pragma once

#include <string>
#include <string_view>

#include "io/aligned_pair.h"
#include "io/pretty_columns.h"

namespace anneal::io {

/// Appends the value, in bold type where `color` is set.
void append_bold(std::string& text, std::string_view value, bool color);

/// Appends identities, positives (protein), gaps and strand (DNA), without a line end.
void append_statistics(std::string& text, const AlignedPair& record, const PrettyColumns& columns);

/// Appends the columns in blocks of 60, each behind an empty line, with positions from 1. Those of a query fall where
/// its reverse complement was aligned.
void append_blocks(std::string& text, const AlignedPair& record, const PrettyColumns& columns, bool color);

}  // namespace anneal::io
