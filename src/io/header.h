// The header line of a FASTA or FASTQ record, without its marker.
#pragma once

#include <string_view>

namespace anneal::io {

struct Header {
  std::string_view name;     ///< the first word; may be empty
  std::string_view comment;  ///< from the second word on
};

Header split_header(std::string_view line);

/// Whether the header holds neither a NUL byte nor a control byte in its name.
bool is_clean(std::string_view line, const Header& header);

}  // namespace anneal::io
