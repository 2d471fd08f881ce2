#include "cli/file_conflicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

bool is_standard_input(std::string_view path) {
  constexpr std::string_view names[] = {"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"};
  return std::ranges::find(names, path) != std::end(names);
}

void refuse_replaced_input(std::string_view role, const std::string& input, const std::string& output) {
  const bool piped = input == "-";
  std::error_code error;
  if (!fs::is_regular_file(output, error) || !fs::equivalent(piped ? "/dev/stdin" : input, output, error)) return;
  refuse(fmt::format("-o '{}' would replace {}, which is {}; choose another file for -o", output, role,
                     piped ? "read from it as standard input" : fmt::format("'{}'", input)));
}

}  // namespace

void refuse_file_conflicts(const AlignArguments& arguments) {
  if (is_standard_input(arguments.query_path) && is_standard_input(arguments.target_path)) {
    refuse("QUERY and TARGET cannot both be standard input; put one of them into a file");
  }
  if (arguments.output_path == "-") return;
  refuse_replaced_input("QUERY", arguments.query_path, arguments.output_path);
  refuse_replaced_input("TARGET", arguments.target_path, arguments.output_path);
  if (!arguments.scoring.matrix.empty())
    refuse_replaced_input("--matrix", arguments.scoring.matrix, arguments.output_path);
}

}  // namespace anneal::cli
