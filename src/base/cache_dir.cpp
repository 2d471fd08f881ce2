#include "base/cache_dir.h"

#include <fmt/core.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace anneal::base {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = std::uintmax_t{1} << 20;

std::optional<fs::path> absolute_path_from(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr) return std::nullopt;
  fs::path path(value);
  return path.is_absolute() ? std::optional(std::move(path)) : std::nullopt;
}

// Distinct for every process and every write, in the same folder so that the rename stays on one file system.
fs::path temporary_name(const fs::path& path) {
  static std::atomic<unsigned> count = 0;
  fs::path result = path;
  result += fmt::format(".{}.{}.tmp", ::getpid(), count++);
  return result;
}

bool write_whole(const fs::path& path, std::string_view contents) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
  out.close();
  return out.good();
}

}  // namespace

std::optional<fs::path> cache_dir() {
  if (const auto cache = absolute_path_from("XDG_CACHE_HOME")) return *cache / "anneal";
  if (const auto home = absolute_path_from("HOME")) return *home / ".cache" / "anneal";
  return std::nullopt;
}

std::optional<std::string> read_cache_file(const fs::path& path) noexcept try {
  if (!fs::is_regular_file(path) || fs::file_size(path) > largest_file) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string contents(std::istreambuf_iterator<char>(in), {});
  return in.bad() || !in.is_open() ? std::nullopt : std::optional(std::move(contents));
} catch (...) {
  return std::nullopt;
}

bool write_cache_file(const fs::path& path, std::string_view contents) noexcept try {
  fs::create_directories(path.parent_path());
  const fs::path temporary = temporary_name(path);
  std::error_code error;
  if (write_whole(temporary, contents)) {
    fs::rename(temporary, path, error);
    if (!error) return true;
  }
  fs::remove(temporary, error);
  return false;
} catch (...) {
  return false;
}

}  // namespace anneal::base
