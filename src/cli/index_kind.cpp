#include "cli/index_kind.h"

#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"
#include "base/text.h"
#include "cli/named_format.h"
#include "io/open_file.h"

namespace anneal::cli {
namespace {

constexpr std::string_view kinds[] = {"csi", "bai", "tbi", "crai", "fai", "gzi"};

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::string_view kind_in_name(std::string_view path) {
  for (const std::string_view kind : kinds) {
    if (path.ends_with(fmt::format(".{}", kind))) return kind;
  }
  return {};
}

}  // namespace

std::string_view index_kind(std::string_view option, const std::string& output, const std::string& input,
                            std::span<const std::string_view> possible) {
  const std::string_view named = kind_in_name(output);
  const std::string_view format = named.empty() ? format_in_name(output).format : std::string_view();
  if (named.empty() && format.empty()) return option;
  if (!option.empty() && !named.empty() && named != option) {
    refuse(fmt::format("-o '{}' names {}, and --{} asks for {}: end the name with .{}, or leave the option out", output,
                       base::to_upper(named), option, base::to_upper(option), option));
  }
  if (std::ranges::find(possible, named) != possible.end()) return named;
  std::string is = base::to_upper(possible[0]), endings = fmt::format(".{}", possible[0]);
  for (const std::string_view kind : possible.subspan(1)) {
    is += " or " + base::to_upper(kind);
    endings += fmt::format(" or .{}", kind);
  }
  refuse(fmt::format("-o '{}' names {}, and the index of {} is {}: end it with {}", output,
                     named.empty() ? std::string(format) : base::to_upper(named), io::input_name(input), is, endings));
}

}  // namespace anneal::cli
