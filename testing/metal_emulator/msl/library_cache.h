// Compiled libraries, kept between runs: compiling one takes seconds, and tests run in processes of their own.
#pragma once

#include <functional>
#include <string>

namespace metal_emulator {

/// In $METAL_EMULATOR_CACHE, else in $XDG_CACHE_HOME, else in the user's own. Processes may use it at the same time.
class LibraryCache {
 public:
  LibraryCache();

  /// The library that was compiled from what `key` says, or nothing.
  std::string find(const std::string& key) const;
  /// Calls `compile` with an empty folder, where it leaves the library. What it throws passes through.
  std::string add(const std::string& key, const std::function<void(const std::string& folder)>& compile) const;

 private:
  std::string folder_of(const std::string& key) const;

  std::string root_;
};

}  // namespace metal_emulator
