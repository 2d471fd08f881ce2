#include "io/output_path.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>

#include "anneal/error.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;

// Opening /dev/fd/N again would write a regular file from its start, over what the shell has put there.
std::optional<int> descriptor_of(std::string_view path) {
  if (path.empty() || path == "-" || path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    const std::string_view digits = path.substr(folder.size());
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc() && end == digits.data() + digits.size() && number >= 0) return number;
  }
  return std::nullopt;
}

// Also resolves a link to a file that does not exist yet.
fs::path resolve_links(fs::path path, const std::string& name) {
  constexpr int longest_chain = 40;
  std::error_code error;
  for (int links = 0; fs::is_symlink(fs::symlink_status(path, error)); ++links) {
    if (links == longest_chain) {
      throw Error(ErrorCode::io,
                  fmt::format("cannot write {}: its symbolic links form a loop; choose another path", name));
    }
    path = path.parent_path() / fs::read_symlink(path, error);
    if (error) break;
  }
  return path;
}

}  // namespace

OutputPath resolve_output(const std::string& path) {
  if (const auto number = descriptor_of(path)) {
    const std::string name = *number == STDOUT_FILENO ? "standard output" : fmt::format("'{}'", path);
    return {.kind = OutputPath::descriptor, .number = *number, .path = {}, .name = name};
  }
  OutputPath result{.path = path, .name = fmt::format("'{}'", path)};
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if ((exists && S_ISDIR(status.st_mode)) || path.ends_with('/')) {
    throw Error(ErrorCode::io, fmt::format("cannot write {}: it is a directory; give a file name", result.name));
  }
  if (exists && !S_ISREG(status.st_mode)) {
    result.kind = OutputPath::in_place;
  } else {
    result.path = resolve_links(path, result.name).string();
  }
  return result;
}

std::string folder_of_output(const std::string& path) {
  const OutputPath place = resolve_output(path);
  if (place.kind != OutputPath::replaced) return {};
  const fs::path folder = fs::path(place.path).parent_path();
  return folder.empty() ? "." : folder.string();
}

std::string temporary_name(const std::string& final_path, int attempt) {
  const fs::path folder = fs::path(final_path).parent_path();
  return (folder / fmt::format(".anneal-{}-{}.tmp", ::getpid(), attempt)).string();
}

}  // namespace anneal::io
