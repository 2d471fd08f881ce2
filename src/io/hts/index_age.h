// Whether an index can be that of its file.
#pragma once

#include <string>

namespace anneal::io::hts {

bool exists(const std::string& path);

/// Throws Error(invalid_input), which ends with `fix`, where the index was last changed before its file was.
void refuse_older_index(const std::string& index, const std::string& file, const std::string& fix);

}  // namespace anneal::io::hts
