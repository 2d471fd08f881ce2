#include "array/gpu/functions.h"

#include <mutex>
#include <unordered_map>
#include <vector>

namespace anneal::array::gpu {
namespace {

bool is_part_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part_of_word(text[at - 1])) && (end == text.size() || !is_part_of_word(text[end]))) return true;
  }
  return false;
}

std::string assembled(const std::string& text) {
  const std::span<const FunctionText> families[] = {arithmetic_functions, cast_functions, exponential_functions,
                                                    logarithm_functions, circular_functions};
  std::vector<std::string_view> needed;
  const auto is_needed = [&](std::string_view name) {
    for (const std::string_view user : needed) {
      if (has_word(user, name)) return true;
    }
    return has_word(text, name);
  };
  for (std::size_t family = std::size(families); family-- > 0;) {
    for (std::size_t k = families[family].size(); k-- > 0;) {
      const FunctionText& function = families[family][k];
      if (is_needed(function.name)) needed.push_back(function.text);
    }
  }
  std::string result;
  for (std::size_t k = needed.size(); k-- > 0;) result += needed[k];
  return result + text;
}

}  // namespace

std::string with_functions(const std::string& text) {
  // Looking for functions takes longer than all else that a launch needs.
  constexpr std::size_t most_known = 1000;
  static std::mutex mutex;
  static std::unordered_map<std::string, std::string> known;
  const std::scoped_lock lock(mutex);
  if (known.size() == most_known) known.clear();
  std::string& whole = known[text];
  if (whole.empty()) whole = assembled(text);
  return whole;
}

}  // namespace anneal::array::gpu
