#include "msl/threadgroup_variables.h"

#include <string>

namespace metal_emulator {
namespace {

struct Declaration {
  std::size_t name = 0;
  std::size_t end = 0;  ///< the semicolon, or what should be one
  bool is_indirect = false;
};

Declaration parse(const Source& source, std::size_t place) {
  Declaration result;
  int angles = 0;
  bool has_name = false;
  for (std::size_t k = place + 1; k < source.size(); ++k) {
    if (source.is(k, "[")) {
      has_name = true;
      k = source.closing(k);
    } else if (source.is(k, "<")) {
      ++angles;
    } else if (source.is(k, ">")) {
      --angles;
    } else if (angles == 0) {
      if (source.is(k, ";") || source.is(k, "=") || source.is(k, ",") || source.is(k, "{")) {
        result.end = k;
        return result;
      }
      if (source.is(k, "*") || source.is(k, "&")) result.is_indirect = true;
      if (source.is_word(k) && !has_name) result.name = k;
    }
  }
  source.fail(place, "a declaration that does not end");
}

}  // namespace

bool declares_threadgroup_variable(const Source& source, std::size_t place) {
  return source.is(place, "threadgroup") && !parse(source, place).is_indirect;
}

void rewrite_threadgroup_variables(const Source& source, std::size_t first, std::size_t end, unsigned& next,
                                   Edits& edits) {
  for (std::size_t k = first; k < end; ++k) {
    const bool begins_statement = source.is(k - 1, "{") || source.is(k - 1, "}") || source.is(k - 1, ";");
    if (!begins_statement || !declares_threadgroup_variable(source, k)) continue;
    const Declaration variable = parse(source, k);
    if (source.is(variable.end, ",")) source.fail(variable.end, "declare one threadgroup variable per statement");
    if (!source.is(variable.end, ";")) source.fail(variable.end, "a threadgroup variable cannot be initialised");
    edits.replace(k, variable.end,
                  "METAL_EMULATOR_THREADGROUP(" + std::to_string(next++) + ", METAL_EMULATOR_SAME(" +
                      source.text(k + 1, variable.end) + "), " + std::string(source[variable.name].text) + ")");
    k = variable.end;
  }
}

}  // namespace metal_emulator
