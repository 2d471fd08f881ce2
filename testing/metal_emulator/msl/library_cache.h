// Compiled libraries, kept between runs: compiling one takes seconds, and tests run in processes of their own.
#pragma once

#include <string>

#include "msl/work_folder.h"

namespace metal_emulator {

/// In $METAL_EMULATOR_CACHE, else in $XDG_CACHE_HOME, else in the user's own. Processes may use it at the same time.
class LibraryCache {
 public:
  LibraryCache();

  /// The library that was compiled from what `key` says, or nothing.
  std::string find(const std::string& key) const;
  /// Takes a folder that it is in, which was made in root(). Where it is then.
  std::string keep(const WorkFolder& work, const std::string& key) const;
  const std::string& root() const { return root_; }

 private:
  std::string folder_of(const std::string& key) const;

  std::string root_;
};

}  // namespace metal_emulator
