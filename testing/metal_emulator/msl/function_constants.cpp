#include "msl/function_constants.h"

#include <algorithm>
#include <charconv>

namespace metal_emulator {

std::vector<unsigned> rewrite_function_constants(const Source& source, Edits& edits) {
  std::vector<unsigned> numbers;
  std::size_t statement = 0;
  for (std::size_t k = 0; k < source.size(); ++k) {
    if (source.is(k, ";") || source.is(k, "{") || source.is(k, "}")) statement = k + 1;
    if (!source.opens_attribute(k) || !source.is(k + 2, "function_constant") || !source.is(statement, "constant"))
      continue;
    const std::string_view text = source[k + 4].text;
    unsigned number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
      source.fail(k + 4, "expected the number of a function constant");
    }
    const std::string type = source.text(statement + 1, k - 1), name(source[k - 1].text);
    edits.replace(statement, source.closing(k) + 1, function_constant_macro(number) + "(" + type + ", " + name + ")");
    numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string function_constant_macro(unsigned number) {
  return "METAL_EMULATOR_FUNCTION_CONSTANT_" + std::to_string(number);
}

std::string define_function_constant(unsigned number, const std::string& value) {
  const bool is_given = !value.empty();
  return "#define " + function_constant_macro(number) + "(T, name) static constexpr constant T name = T(" + value +
         "); static constexpr bool metal_emulator_defined_##name = " + (is_given ? "true" : "false") + "\n";
}

}  // namespace metal_emulator
