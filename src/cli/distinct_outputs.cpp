#include "cli/distinct_outputs.h"

#include <fmt/core.h>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

std::string_view plain_name(std::string_view path) { return path == "/dev/stdout" ? "-" : path; }

}  // namespace

void refuse_same_outputs(std::span<const OutputFile> outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const std::string_view path = plain_name(outputs[i].path);
      if (path.empty() || path == "/dev/null" || path != plain_name(outputs[j].path)) continue;
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{} and {} are both {}; give each a file of its own", outputs[j].option,
                              outputs[i].option, path == "-" ? "standard output" : fmt::format("'{}'", path)));
    }
  }
}

}  // namespace anneal::cli
