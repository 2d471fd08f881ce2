// What `.gzi` says: where the blocks of a BGZF file are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/file_descriptor.h"

namespace anneal::io::hts {

class Gzi {
 public:
  /// Throws Error(io), and Error(invalid_input) for an index that is damaged.
  Gzi(const std::string& index_path, const std::string& file_path);

  /// Whether the file has this position of the decompressed text where the index says. Otherwise htslib, asked to go
  /// there, would end the process.
  bool leads_to(std::int64_t position) const;

 private:
  struct Block {
    std::uint64_t compressed = 0, decompressed = 0;  // positions where it begins
  };

  std::vector<Block> blocks_;
  FileDescriptor file_;
};

}  // namespace anneal::io::hts
