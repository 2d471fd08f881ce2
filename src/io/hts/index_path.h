// Where the index of a file is, and whether it is newer than the file.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::io::hts {

/// Throws Error(invalid_argument) for standard input and Error(io) for what is no regular file: neither has an index.
void check_can_have_index(const std::string& path);

/// `path` with each of the suffixes, which are ".tbi" or the like.
std::vector<std::string> places_beside(const std::string& path, std::span<const std::string_view> suffixes);

bool exists(const std::string& path);

struct IndexFile {
  std::string path;
  bool is_older = false;  ///< than its file, as after copying both in that order, or after the file has changed
};

/// The newest of the files at these places. Throws Error(invalid_input) where there is none.
IndexFile find_index(const std::string& path, std::span<const std::string> places);

/// For an index that fits the file at so many places: throws Error(invalid_input) where it is older, and they are too
/// few to tell that it is that of the file nevertheless.
void check_age(const IndexFile& index, const std::string& path, std::size_t fitting_places);

/// Of an index that has nothing to tell by: the path of the newest. Throws what find_index() does, and where it is
/// older.
std::string index_path(const std::string& path, std::span<const std::string> places);

/// Throws Error(invalid_input): the index does not belong to the file, which `evidence` says.
[[noreturn]] void refuse_foreign(const std::string& index, const std::string& path, std::string_view evidence);

}  // namespace anneal::io::hts
