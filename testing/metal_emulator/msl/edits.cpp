#include "msl/edits.h"

#include <algorithm>

namespace metal_emulator {

std::string Edits::apply(const Source& source) const {
  std::vector<Replacement> sorted = all_;
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::string& text = source.all();
  std::string result;
  std::size_t at = 0;
  for (const Replacement& edit : sorted) {
    const std::size_t begin = source[edit.first].begin, end = source[edit.end - 1].end;
    result.append(text, at, begin - at);
    result += edit.text;
    result.append(static_cast<std::size_t>(
                      std::count(text.begin() + static_cast<long>(begin), text.begin() + static_cast<long>(end), '\n')),
                  '\n');
    at = end;
  }
  return result.append(text, at);
}

}  // namespace metal_emulator
