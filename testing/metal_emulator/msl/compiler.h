// Runs clang: preprocesses MSL, translates it, and compiles what comes of it.
#pragma once

#include <string>
#include <vector>

#include "msl/library.h"

namespace metal_emulator {

class Compilation {
 public:
  static constexpr const char* result = "kernels.so";

  /// Works in `folder`, which is empty. Preprocesses and translates the source; throws CompileError.
  Compilation(const std::string& source, const CompileOptions& options, std::string folder);

  /// All that the result depends on.
  std::string key() const;
  /// Leaves `result` in the folder. Throws CompileError.
  void compile() const;

 private:
  std::vector<std::string> strict_check() const;
  std::vector<std::string> compiler() const;

  const CompileOptions& options_;
  const std::string folder_;
  std::string translated_;
};

}  // namespace metal_emulator
