// The ninth column of GFF3 and GTF, and GFF3's escapes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/intervals.h"

namespace anneal::io {

/// GTF where a key is followed by a blank, GFF3 where it is followed by "=".
GffDialect dialect_of(std::string_view attributes);

/// Throw ColumnError.
std::vector<GffAttribute> parse_attributes(std::string_view text, GffDialect dialect);

/// Appends them as their dialect has them, "." for none. Throws Error(invalid_argument).
void append_attributes(std::string& text, const std::vector<GffAttribute>& attributes, GffDialect dialect);

/// With %XX as bytes; other percent signs stay.
std::string unescaped(std::string_view text);
/// With %XX for control bytes and the bytes that are given; what is to be unescaped() has to give the percent sign.
std::string escaped(std::string_view text, std::string_view special);

}  // namespace anneal::io
