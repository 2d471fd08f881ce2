// For functions of htslib that write to a path: one that leads to a file which is open under a temporary name.
#pragma once

#include <fmt/core.h>

#include <string>

#include "io/file_descriptor.h"
#include "io/output.h"

namespace anneal::io::hts {

class DescriptorPath {
 public:
  explicit DescriptorPath(const Output& output)
      : descriptor_(output.duplicate()), path_(fmt::format("/dev/fd/{}", descriptor_.get())) {}

  const char* c_str() const { return path_.c_str(); }

 private:
  FileDescriptor descriptor_;
  std::string path_;
};

}  // namespace anneal::io::hts
