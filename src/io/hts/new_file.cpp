#include "io/hts/new_file.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "anneal/error.h"
#include "base/text.h"
#include "io/output_path.h"

namespace anneal::io::hts {

NewFile::NewFile(const std::string& path) : path_(path) {
  const OutputPath place = resolve_output(path);
  if (place.kind != OutputPath::replaced) {
    throw Error(ErrorCode::io,
                fmt::format("cannot write an index to {}: it is no regular file; give another name", place.name));
  }
  path_ = place.path;
  for (int attempt = 0; temporary_path_.empty(); ++attempt) {
    const std::string candidate = temporary_name(path_, attempt);
    std::FILE* const file = std::fopen(candidate.c_str(), "wx");
    if (file == nullptr && errno != EEXIST) fail(errno);
    if (file == nullptr) continue;
    std::fclose(file);
    temporary_path_ = candidate;
  }
}

NewFile::~NewFile() {
  if (!temporary_path_.empty()) ::unlink(temporary_path_.c_str());
}

void NewFile::commit() {
  if (std::rename(temporary_path_.c_str(), path_.c_str()) != 0) fail(errno);
  temporary_path_.clear();
}

void NewFile::fail(int error) const {
  throw Error(ErrorCode::io, fmt::format("cannot write {}: {}; check the path, its folder and its disk",
                                         base::quote(path_), std::strerror(error == 0 ? EIO : error)));
}

}  // namespace anneal::io::hts
