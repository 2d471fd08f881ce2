#include "io/hts/index_path.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>
#include <optional>
#include <tuple>
#include <utility>

#include "anneal/error.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

using Time = std::tuple<std::int64_t, std::int64_t>;

Time changed(const struct stat& status) {
#ifdef __APPLE__
  return {status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec};
#else
  return {status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
#endif
}

std::optional<Time> time_of(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? std::optional(changed(status)) : std::nullopt;
}

std::string how_to_make(const std::string& path) {
  return fmt::format("make it with: anneal index {}", input_name(path));
}

}  // namespace

void check_can_have_index(const std::string& path) {
  if (path == "-") {
    throw Error(ErrorCode::invalid_argument,
                "standard input has no index to find regions by; give a file that 'anneal index' has indexed");
  }
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) refuse_file("open", input_name(path), errno);
  if (S_ISREG(status.st_mode)) return;
  throw Error(ErrorCode::io,
              fmt::format("{} is no regular file, so it can have no index; copy it to a file first", input_name(path)));
}

std::vector<std::string> places_beside(const std::string& path, std::span<const std::string_view> suffixes) {
  std::vector<std::string> places;
  for (const std::string_view suffix : suffixes) places.push_back(path + std::string(suffix));
  return places;
}

bool exists(const std::string& path) { return time_of(path).has_value(); }

IndexFile find_index(const std::string& path, std::span<const std::string> places) {
  check_can_have_index(path);
  IndexFile newest;
  std::string names;
  std::optional<Time> newest_time;
  for (const std::string& candidate : places) {
    names += (names.empty() ? "" : " or ") + input_name(candidate);
    const auto time = time_of(candidate);
    if (!time || (newest_time && *time <= *newest_time)) continue;
    newest.path = candidate;
    newest_time = time;
  }
  if (!newest_time) {
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} has no index, which would be {}; {}", input_name(path), names, how_to_make(path)));
  }
  newest.is_older = *newest_time < time_of(path).value_or(Time{});
  return newest;
}

void check_age(const IndexFile& index, const std::string& path, std::size_t fitting_places) {
  constexpr std::size_t enough = 4;  // a block or container begins at one of them by chance hardly ever
  if (!index.is_older || fitting_places >= enough) return;
  throw Error(ErrorCode::invalid_input, fmt::format("the index {} is older than {}, which may have changed since; {}",
                                                    input_name(index.path), input_name(path), how_to_make(path)));
}

std::string index_path(const std::string& path, std::span<const std::string> places) {
  IndexFile index = find_index(path, places);
  check_age(index, path, 0);
  return std::move(index.path);
}

void refuse_foreign(const std::string& index, const std::string& path, std::string_view evidence) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("the index {} is not that of {}: {}; make it again with: anneal index {}", input_name(index),
                          input_name(path), evidence, input_name(path)));
}

}  // namespace anneal::io::hts
