// The read group that -R gives.
#pragma once

#include <string>
#include <string_view>

namespace anneal::cli {

struct ReadGroupLine {
  std::string line;  ///< as a header of SAM has it, without its end
  std::string id;
};

/// Of '@RG\tID:run1\tSM:ann', where \t may be a backslash and a t. Throws Error(invalid_argument) that names -R for
/// what is not one line of SAM with one ID.
ReadGroupLine parse_read_group(std::string_view text);

}  // namespace anneal::cli
