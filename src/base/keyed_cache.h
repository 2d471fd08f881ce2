// Texts that anneal keeps between runs, by a key that says all that they depend on.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace anneal::base {

/// One file per key, which holds the key itself too. A file that is absent, broken or of another key is no text, and a
/// folder that cannot be written keeps nothing: that is never an error. Thread-safe, and safe among processes.
class KeyedCache {
 public:
  /// Nothing for a folder: keeps nothing.
  explicit KeyedCache(std::optional<std::filesystem::path> folder) : folder_(std::move(folder)) {}

  /// `folder` in cache_dir(). A build with uncommitted changes keeps nothing.
  static KeyedCache in_cache_dir(std::string_view folder);

  std::optional<std::string> find(std::string_view key) const;
  void store(std::string_view key, std::string_view text) const;

 private:
  std::optional<std::filesystem::path> folder_;
};

/// One line that changes with everything that this build's results and speed depend on.
std::string build_identity();

}  // namespace anneal::base
