#include "cli/matrix_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <vector>

#include "anneal/error.h"
#include "io/input.h"

namespace anneal::cli {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 20;

std::string read_all(io::ByteSource& source) {
  std::string text;
  std::vector<char> buffer(4096);
  while (const std::size_t count = source.read(buffer)) {
    text.append(buffer.data(), count);
    if (text.size() > largest_file) {
      throw Error(ErrorCode::invalid_input, fmt::format("{} is too large to be a matrix of 32 letters", source.name()));
    }
  }
  return text;
}

}  // namespace

SubstitutionMatrix read_matrix_file(const std::string& path, Alphabet alphabet) {
  std::unique_ptr<io::ByteSource> source;
  try {
    source = io::open_input(path);
    return SubstitutionMatrix::parse(read_all(*source), path, alphabet);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) throw;
    throw Error(ErrorCode::invalid_input, fmt::format("--matrix: {}; built in are {}", error.what(),
                                                      fmt::join(SubstitutionMatrix::builtin_names(), ", ")));
  }
}

}  // namespace anneal::cli
