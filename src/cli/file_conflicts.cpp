#include "cli/file_conflicts.h"

#include <fmt/core.h>

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

void refuse_replaced_input(const InputFile& input, const std::string& output, std::string_view option) {
  const bool piped = input.path == "-";
  std::error_code error;
  if (!fs::is_regular_file(output, error) || !fs::equivalent(piped ? "/dev/stdin" : input.path, output, error)) return;
  refuse(fmt::format("{} '{}' would replace {}, which is {}; choose another file for {}", option, output, input.role,
                     piped ? "read from it as standard input" : fmt::format("'{}'", input.path), option));
}

}  // namespace

void refuse_file_conflicts(std::span<const InputFile> inputs, const std::string& output, std::string_view option) {
  const InputFile* piped = nullptr;
  for (const InputFile& input : inputs) {
    if (!is_standard_input(input.path)) continue;
    if (piped != nullptr) {
      refuse(
          fmt::format("{} and {} cannot both be standard input; put one of them into a file", piped->role, input.role));
    }
    piped = &input;
  }
  if (output == "-") return;
  for (const InputFile& input : inputs) {
    if (!input.path.empty()) refuse_replaced_input(input, output, option);
  }
}

}  // namespace anneal::cli
