// The formats of intervals: how a line becomes a record, and a record a line.
#pragma once

#include <string>

#include "anneal/io/intervals.h"
#include "io/intervals/columns.h"

namespace anneal::io {

/// Throw ColumnError.
void parse_record(Columns columns, BedRecord& record);
void parse_record(Columns columns, GffRecord& record);
void parse_record(Columns columns, GffRecord& record, GffDialect dialect);  ///< of a line without attributes, too
void parse_record(Columns columns, PafRecord& record);

/// Append a line with its end. Throw Error(invalid_argument).
void append_record(std::string& text, const BedRecord& record);
void append_record(std::string& text, const GffRecord& record);
void append_record(std::string& text, const PafRecord& record);

}  // namespace anneal::io
