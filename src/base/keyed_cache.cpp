#include "base/keyed_cache.h"

#include <fmt/core.h>

#include <cstdint>

#include "base/cache_dir.h"
#include "base/version.h"

namespace anneal::base {
namespace {

// FNV-1a: a file name has to be the same in every process. The file holds the key itself, so a collision is harmless.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return value;
}

std::filesystem::path file_of(const std::filesystem::path& folder, std::string_view key) {
  return folder / fmt::format("{:016x}", hash(key));
}

}  // namespace

KeyedCache KeyedCache::in_cache_dir(std::string_view folder) {
  const auto root = cache_dir();
  const bool reproducible = !build_info().commit.ends_with("-dirty");
  return KeyedCache(root && reproducible ? std::optional(*root / folder) : std::nullopt);
}

std::optional<std::string> KeyedCache::find(std::string_view key) const {
  if (!folder_) return std::nullopt;
  std::optional<std::string> contents = read_cache_file(file_of(*folder_, key));
  if (!contents || !contents->starts_with(key)) return std::nullopt;
  return contents->substr(key.size());
}

void KeyedCache::store(std::string_view key, std::string_view text) const {
  if (folder_) write_cache_file(file_of(*folder_, key), fmt::format("{}{}", key, text));
}

std::string build_identity() {
  const BuildInfo& info = build_info();
  return fmt::format("{} {} {} {}", info.version, info.commit, info.compiler, info.build_type);
}

}  // namespace anneal::base
