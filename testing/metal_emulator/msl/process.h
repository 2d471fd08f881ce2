#pragma once

#include <string>
#include <vector>

namespace metal_emulator {

struct ProcessResult {
  int status = -1;     ///< exit status; -1 where it could not be started or was killed
  std::string output;  ///< stdout and stderr
};

/// Runs a program, looked up in PATH, in a folder, and waits for it. No shell is involved.
ProcessResult run_process(const std::vector<std::string>& command, const std::string& folder);

}  // namespace metal_emulator
