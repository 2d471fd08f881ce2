#include "io/hts/index_age.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "anneal/error.h"

namespace anneal::io::hts {
namespace {

namespace fs = std::filesystem;

}  // namespace

bool exists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

void refuse_older_index(const std::string& index, const std::string& file, const std::string& fix) {
  std::error_code error;
  const fs::file_time_type index_time = fs::last_write_time(index, error);
  const fs::file_time_type file_time = fs::last_write_time(file, error);
  if (error || index_time >= file_time) return;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("the index '{}' is older than '{}', so it may be that of another file; {}", index, file, fix));
}

}  // namespace anneal::io::hts
