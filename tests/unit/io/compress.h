// Compressed copies of a text, made for tests.
#pragma once

#include <string>
#include <string_view>

namespace anneal::test {

std::string gzip(std::string_view text);  ///< one member
/// One member that stores a file's name, as the gzip program writes it.
std::string named_gzip(std::string_view text, std::string_view file_name);
std::string bgzf_block(std::string_view text);  ///< one BGZF member; that of an empty text marks the end of a file
std::string zstd(std::string_view text);        ///< one frame

}  // namespace anneal::test
