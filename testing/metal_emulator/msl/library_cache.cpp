#include "msl/library_cache.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "environment.h"
#include "msl/compiler.h"
#include "stop.h"

namespace metal_emulator {
namespace {

namespace fs = std::filesystem;

constexpr const char* key_name = "key";  // two keys may have the same hash

std::uint64_t hash(const std::string& text) {
  std::uint64_t value = 0xcbf29ce484222325u;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return value;
}

std::string default_root() {
  const std::string home = environment("HOME", "/tmp");
  return environment("XDG_CACHE_HOME", home + "/.cache") + "/metal_emulator";
}

bool has_text(const fs::path& file, const std::string& text) {
  std::ifstream stream(file);
  std::ostringstream found;
  found << stream.rdbuf();
  return found.str() == text;
}

}  // namespace

LibraryCache::LibraryCache() : root_(environment("METAL_EMULATOR_CACHE", default_root())) {
  std::error_code error;
  fs::create_directories(root_, error);
  if (error) stop("the cache of compiled kernels, " + root_ + ": " + error.message());
}

std::string LibraryCache::folder_of(const std::string& key) const {
  std::array<char, 17> name{};
  std::snprintf(name.data(), name.size(), "%016lx", static_cast<unsigned long>(hash(key)));
  return root_ + "/" + name.data();
}

std::string LibraryCache::find(const std::string& key) const {
  const std::string folder = folder_of(key);
  return has_text(folder + "/" + key_name, key) ? folder + "/" + Compilation::result : "";
}

std::string LibraryCache::keep(const WorkFolder& work, const std::string& key) const {
  std::ofstream(work.path() + "/" + key_name) << key;
  const std::string folder = folder_of(key);
  std::error_code error;
  fs::rename(work.path(), folder, error);
  // Another process was first, or an older key has the same hash.
  if (error && find(key).empty()) {
    fs::remove_all(folder, error);
    fs::rename(work.path(), folder, error);
  }
  const std::string file = find(key);
  if (file.empty()) stop("a compiled library cannot be kept in " + folder);
  return file;
}

}  // namespace metal_emulator
