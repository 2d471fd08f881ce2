// The formats of intervals: how a line becomes a record, and a record a line.
#pragma once

#include <string>
#include <string_view>

#include "anneal/io/intervals.h"
#include "io/hts/tabix_index.h"
#include "io/intervals/columns.h"

namespace anneal::io {

/// Throw ColumnError.
void parse_record(Columns columns, BedRecord& record);
void parse_record(Columns columns, GffRecord& record);
void parse_record(Columns columns, PafRecord& record);

/// Append a line with its end. Throw Error(invalid_argument).
void append_record(std::string& text, const BedRecord& record);
void append_record(std::string& text, const GffRecord& record);
void append_record(std::string& text, const PafRecord& record);

/// What of a format concerns lines, not records.
struct IntervalFormat {
  const hts::TabixFormat& index;
  /// Whether a line that is neither blank nor begins with "#" holds no record.
  bool (*is_other)(std::string_view line);
  /// Whether no record follows the line.
  bool (*ends_records)(std::string_view line);
};

extern const IntervalFormat bed_format, gff_format, paf_format;

template <typename Record>
const IntervalFormat& format_of();

/// Where a line lies.
struct LineInterval {
  std::string_view contig;
  std::int64_t begin = 0;  ///< from 0
  std::int64_t end = 0;
};

/// Looks at the columns only that say so. Throws ColumnError.
LineInterval interval_of(Columns columns, const hts::TabixFormat& format);

}  // namespace anneal::io
