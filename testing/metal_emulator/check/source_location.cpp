#include "check/source_location.h"

#include <dlfcn.h>

#include <cstdio>
#include <sstream>

#include "msl/process.h"

namespace metal_emulator {
namespace {

// "program_source:12" of "/some/folder/program_source:12 (discriminator 3)".
std::string short_line(const std::string& line) {
  const std::string without_notes = line.substr(0, line.find(' '));
  return without_notes.substr(without_notes.find_last_of('/') + 1);
}

}  // namespace

std::string source_location(const void* code) {
  Dl_info library{};
  if (dladdr(code, &library) == 0) return "program_source";
  char offset[32];
  const auto distance = static_cast<const char*>(code) - static_cast<const char*>(library.dli_fbase) - 1;
  std::snprintf(offset, sizeof offset, "0x%lx", static_cast<unsigned long>(distance));
  const ProcessResult answer = run_process({"addr2line", "-i", "-e", library.dli_fname, offset}, "/");
  if (answer.status != 0) return "program_source";
  std::istringstream lines(answer.output);
  std::string line, location;
  while (std::getline(lines, line)) {
    if (line.find("program_source") == std::string::npos) continue;  // of the standard library or the glue
    location += (location.empty() ? "" : ", inlined at ") + short_line(line);
  }
  return location.empty() ? "program_source" : location;
}

}  // namespace metal_emulator
