#include "io/sam_names.h"

#include <fmt/core.h>

#include "anneal/error.h"
#include "base/text.h"
#include "io/letters.h"
#include "io/record_error.h"

namespace anneal::io {
namespace {

constexpr std::size_t longest_query_name = 254;

bool is_graphic(char byte) { return byte >= '!' && byte <= '~'; }

[[noreturn]] void fail(const std::string& problem) {
  throw Error(ErrorCode::invalid_input, problem + "; rename it or choose another format, such as paf");
}

void check_reference_name(std::string_view name, std::uint64_t number) {
  if (name.empty()) fail(fmt::format("target {} has no name, which SAM does not allow", number));
  const bool bad_first = name[0] == '*' || name[0] == '=';
  const std::size_t bad = bad_first ? 0 : find_bad_byte(name, is_graphic);
  if (bad == std::string_view::npos) return;
  fail(fmt::format("target {} ({}) has {} at position {} of its name, which SAM does not allow there", number,
                   base::quote(name), describe_byte(name[bad]), bad + 1));
}

}  // namespace

void DistinctNames::add(std::string_view name) {
  const std::uint64_t number = ++added_;
  if (name.empty()) return;
  const auto [first, is_new] = numbers_.try_emplace(std::string(name), number);
  if (is_new) return;
  fail(fmt::format("targets {} and {} have the same name, {}, which SAM does not allow", first->second, number,
                   base::quote(name)));
}

void check_reference_names(std::span<const Reference> references) {
  DistinctNames names;
  for (std::size_t i = 0; i < references.size(); ++i) {
    check_reference_name(references[i].name, i + 1);
    names.add(references[i].name);
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
