#include "msl/rules.h"

#include <algorithm>
#include <array>

#include "msl/address_space_rules.h"
#include "msl/recursion_rule.h"

namespace metal_emulator {
namespace {

constexpr std::array<std::string_view, 18> unknown_words = {
    "virtual", "dynamic_cast", "typeid",       "goto",   "new", "delete",   "throw",   "try",      "catch",
    "double",  "std",          "thread_local", "extern", "asm", "register", "wchar_t", "co_await", "noexcept"};

void check_words(const Source& source) {
  for (std::size_t k = 0; k < source.size(); ++k) {
    const bool is_unknown =
        std::find(unknown_words.begin(), unknown_words.end(), source[k].text) != unknown_words.end();
    const bool is_deleted_function = source.is(k, "delete") && k > 0 && source.is(k - 1, "=");
    if (is_unknown && !is_deleted_function) {
      source.fail(k, std::string("'").append(source[k].text) + "' is not available in Metal");
    }
  }
}

}  // namespace

void check_rules(const Source& source, const Scopes& scopes) {
  check_words(source);
  check_address_spaces(source, scopes);
  check_variables(source, scopes);
  check_recursion(source, scopes);
}

}  // namespace metal_emulator
