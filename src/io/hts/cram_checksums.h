// The checksums of CRAM 3 that htslib 1.16 passes over: those of the blocks, if they are not compressed, that say how
// records are stored. With one damaged byte in them, it reads other records, or leaves its memory.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "io/file_descriptor.h"
#include "io/hts/file.h"

namespace anneal::io::hts {

class CramChecksums {
 public:
  /// Of a file with a name: bytes from elsewhere can be read but once, and nothing is then ever refused. The same holds
  /// for CRAM 2, which has no checksums. `threads` that decode it.
  CramChecksums(const InputFile& file, int threads);

  // All throw Error(invalid_input) where a checksum is wrong.

  /// Of the containers, one after the other, that htslib has read or is going to read for the next record.
  void check_next();
  /// Of the container that begins there. Returns where the next one does.
  std::uint64_t check_container(std::uint64_t place) const;

 private:
  std::string bytes_at(std::uint64_t place, std::size_t size) const;
  void check_block(std::uint64_t place, std::uint64_t end) const;
  std::uint32_t crc_of(std::uint64_t place, std::uint64_t size) const;
  [[noreturn]] void refuse(std::uint64_t place) const;

  const InputFile& file_;
  FileDescriptor descriptor_;  // closed: nothing is checked
  std::uint64_t file_bytes_ = 0;
  std::size_t most_ahead_;           // containers that threads may decode before their turn
  std::uint64_t next_;               // container that was not checked
  std::deque<std::uint64_t> ahead_;  // those that were, and that htslib has not read
  bool is_over_ = false;
};

}  // namespace anneal::io::hts
