// Small files that anneal keeps between runs. Nothing here throws: a cache that cannot be used is no error.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace anneal::base {

/// $XDG_CACHE_HOME/anneal, else ~/.cache/anneal, else nothing. The folder need not exist. As the XDG specification
/// demands, relative paths count as unset.
std::optional<std::filesystem::path> cache_dir();

/// The whole file, or nothing where it is absent, unreadable, no regular file or larger than 1 MiB.
std::optional<std::string> read_cache_file(const std::filesystem::path& path) noexcept;

/// Creates missing folders and replaces the file in one step, so that readers never see a part of it.
/// False where that was not possible.
bool write_cache_file(const std::filesystem::path& path, std::string_view contents) noexcept;

}  // namespace anneal::base
