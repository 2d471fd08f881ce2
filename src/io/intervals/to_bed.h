// Lines of GFF and PAF as BED of six columns.
#pragma once

#include <memory>

#include "anneal/io/intervals.h"
#include "io/intervals/line_converter.h"
#include "io/intervals/line_format.h"

namespace anneal::io {

/// The feature, by its ID or Name, or by what it belongs to: transcript_id, gene_id, or its first Parent; or else by
/// its type; control bytes as %XX. A strand that is not known is '.'.
BedRecord bed_of(const GffRecord& record);
/// The target's part, named by the query, with the mapping quality as score.
BedRecord bed_of(const PafRecord& record);

/// Of lines of this format; null where it is neither GFF nor PAF. What is no record is left out.
std::unique_ptr<LineConverter> converter_to_bed(const LineFormat& format);

}  // namespace anneal::io
