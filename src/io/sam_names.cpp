#include "io/sam_names.h"

#include <fmt/format.h>

#include <unordered_set>

#include "anneal/error.h"
#include "base/text.h"
#include "io/letters.h"
#include "io/record_error.h"

namespace anneal::io {
namespace {

constexpr std::size_t longest_query_name = 254;

bool is_graphic(char byte) { return byte >= '!' && byte <= '~'; }

[[noreturn]] void fail(const std::string& problem) {
  throw Error(ErrorCode::invalid_input, problem + "; rename it or choose another format, e.g. -f paf");
}

void check_reference_name(std::string_view name, std::size_t number) {
  if (name.empty()) fail(fmt::format("target {} has no name, which SAM does not allow", number));
  const bool bad_first = name[0] == '*' || name[0] == '=';
  const std::size_t bad = bad_first ? 0 : find_bad_byte(name, is_graphic);
  if (bad == std::string_view::npos) return;
  fail(fmt::format("target {} ({}) has {} at position {} of its name, which SAM does not allow there", number,
                   base::quote(name), describe_byte(name[bad]), bad + 1));
}

}  // namespace

void check_reference_names(std::span<const Reference> references) {
  std::unordered_set<std::string_view> names;
  names.reserve(references.size());
  for (std::size_t i = 0; i < references.size(); ++i) {
    const std::string_view name = references[i].name;
    check_reference_name(name, i + 1);
    if (!names.insert(name).second) {
      fail(fmt::format("two targets have the name {} (the second is target {}), which SAM does not allow",
                       base::quote(name), i + 1));
    }
  }
}

void check_query_name(std::string_view name) {
  if (name.size() > longest_query_name) {
    fail(fmt::format("the query name {} has {} bytes, and SAM allows {}", base::quote(name), name.size(),
                     longest_query_name));
  }
  const std::size_t bad = find_bad_byte(name, [](char byte) { return is_graphic(byte) && byte != '@'; });
  if (bad == std::string_view::npos) return;
  fail(fmt::format("the query name {} has {} at position {}, which SAM does not allow", base::quote(name),
                   describe_byte(name[bad]), bad + 1));
}

}  // namespace anneal::io
