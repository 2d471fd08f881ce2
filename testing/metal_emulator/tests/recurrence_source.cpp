#include "recurrence_source.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

namespace metal_emulator {
namespace {

// What no kernel can be without, and compat/metal.h does not have yet: the lane's number where it is not an argument.
// Here the simdgroup counts. On a GPU that would cost too much.
constexpr const char* lane_numbers = R"(
namespace anneal { namespace align { namespace recurrence {
inline int lane_number() { return int(metal::simd_prefix_exclusive_sum(1u)); }
inline int warp_lane(int) { return lane_number(); }
template <int lanes>
inline void shift_up(thread PerLane<Word, lanes>& value, thread const PerLane<Word, lanes>& first) {
  shift_up(value, first, lane_number());
}
} } }
#define simd_lane lane_number()
)";

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
    if (name == "align/recurrence/compat/metal.h") text += lane_numbers;
    return text;
  }

 private:
  static std::string line_marker(int line, const std::string& file) {
    return "#line " + std::to_string(line) + " \"" + file + "\"\n";
  }

  std::set<std::string> seen_;
};

/// Puts as many empty lines where a function was.
std::string without_function(const std::string& source, const std::string& head) {
  const std::size_t begin = source.find(head);
  if (begin == std::string::npos) return source;
  const std::size_t end = source.find("\n}\n", begin) + 3;
  const std::string removed = source.substr(begin, end - begin);
  const auto lines = static_cast<std::size_t>(std::count(removed.begin(), removed.end(), '\n'));
  return source.substr(0, begin) + std::string(lines, '\n') + source.substr(end);
}

}  // namespace

std::string recurrence_source(const std::vector<std::string>& headers) {
  Flattener flattener;
  std::string source;
  for (const std::string& header : headers) source += flattener.flatten("align/recurrence/" + header);
  // Constants of classes and namespaces have to be in the constant address space.
  source = std::regex_replace(source, std::regex("(static|inline) constexpr (int|bool|Word|unsigned char) (\\w+ =)"),
                              "$1 constexpr constant $2 $3");
  source = std::regex_replace(source, std::regex("inline constexpr constant"), "constexpr constant");
  source = std::regex_replace(source, std::regex("(\\n *)((const )?Path(Rectangle|Cursor)& )"), "$1thread $2");
  // For the host alone.
  source = without_function(source, "constexpr void fill_letter_words(");
  return without_function(source, "template <class Score>\nvoid fill_matrix_table(");
}

}  // namespace metal_emulator
