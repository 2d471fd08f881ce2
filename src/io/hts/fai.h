// What `.fai` says.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace anneal::io::hts {

struct FaiEntry {
  std::string name;
  std::int64_t length = 0;
  std::int64_t begin = 0;          ///< of its letters, in the decompressed file
  std::int64_t line_letters = 0;   ///< in each line but the last
  std::int64_t line_bytes = 0;     ///< the line's end included
  std::int64_t quality_begin = 0;  ///< FASTQ only

  /// Where the last letter, or the last quality, ends.
  std::int64_t end() const;
};

struct Fai {
  std::vector<FaiEntry> entries;
  bool is_fastq = false;
};

/// Throws Error(io), and Error(invalid_input) naming the line that is wrong.
Fai read_fai(const std::string& path);

}  // namespace anneal::io::hts
