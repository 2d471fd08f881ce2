#include "io/hts/temporary_index.h"

#include <fmt/core.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "anneal/error.h"
#include "io/hts/sequence_index.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

namespace fs = std::filesystem;

fs::path new_folder(const std::string& path) {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "anneal-XXXXXX").string();
  if (!error && ::mkdtemp(name.data()) != nullptr) return name;
  throw Error(
      ErrorCode::io,
      fmt::format("the index of {} can be made neither beside it nor in {}: {}; make it with: anneal index {}",
                  input_name(path), input_name(name), std::strerror(error ? error.value() : errno), input_name(path)));
}

}  // namespace

TemporaryIndex::TemporaryIndex(const std::string& path) : folder_(new_folder(path)), link_(folder_ / "reference") {
  try {
    fs::create_symlink(fs::absolute(path), link_);
    build_sequence_index(path, link_.string());
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    throw;
  }
}

TemporaryIndex::~TemporaryIndex() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace anneal::io::hts
