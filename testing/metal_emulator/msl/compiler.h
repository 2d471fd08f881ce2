// Runs clang: preprocesses MSL, translates it, and compiles what comes of it.
#pragma once

#include <string>
#include <vector>

#include "msl/library.h"

namespace metal_emulator {

class Compilation {
 public:
  static constexpr const char* result = "kernels.so";

  Compilation(const std::string& source, const CompileOptions& options);

  /// All that the result depends on.
  std::string key() const;
  /// Leaves `result` in the folder, which is empty. Throws CompileError.
  void compile(const std::string& folder) const;

 private:
  std::vector<std::string> preprocessor() const;
  std::vector<std::string> strict_check() const;
  std::vector<std::string> compiler() const;

  const std::string& source_;
  const CompileOptions& options_;
};

}  // namespace metal_emulator
