// What of a line of SAM htslib would read as something else.
#pragma once

#include <string>
#include <string_view>

namespace anneal::io::hts {

/// Numbers out of range or with something behind them, letters that are none, and tags that are not what their types
/// say, by the SAM specification, sections 1.4 and 1.5; positions may be larger than there. Names the field and its
/// value; empty where nothing is wrong, or so much that htslib notices.
std::string defect_of_sam_line(std::string_view line);

}  // namespace anneal::io::hts
