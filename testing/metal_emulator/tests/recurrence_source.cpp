#include "recurrence_source.h"

#include <fstream>
#include <regex>
#include <set>
#include <stdexcept>

namespace metal_emulator {
namespace {

class Flattener {
 public:
  std::string flatten(const std::string& name) {
    if (!seen_.insert(name).second) return "";
    std::ifstream file(std::string(ANNEAL_SOURCES) + "/" + name);
    if (!file) throw std::runtime_error("no header " + name);
    std::string text = line_marker(1, name), line;
    for (int number = 1; std::getline(file, line); ++number) {
      std::smatch include;
      if (std::regex_match(line, include, std::regex("#include \"(.*)\""))) {
        text += flatten(include[1]) + line_marker(number + 1, name);
      } else {
        text += (line == "#pragma once" ? "" : line) + "\n";
      }
    }
    return text;
  }

 private:
  static std::string line_marker(int line, const std::string& file) {
    return "#line " + std::to_string(line) + " \"" + file + "\"\n";
  }

  std::set<std::string> seen_;
};

}  // namespace

std::string recurrence_source(const std::vector<std::string>& headers) {
  Flattener flattener;
  std::string source;
  for (const std::string& header : headers) source += flattener.flatten("align/recurrence/" + header);
  return source;
}

}  // namespace metal_emulator
