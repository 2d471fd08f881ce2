// Writes a prepared database, in one pass and in bounded memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/database_format.h"
#include "io/output.h"
#include "io/part_builder.h"
#include "io/record.h"

namespace anneal::io {

class DatabaseWriter {
 public:
  /// What ends a part, whichever is reached first. A longer sequence is a part of its own.
  struct PartLimits {
    std::uint64_t letters = std::uint64_t{64} << 20;
    std::uint64_t text = std::uint64_t{64} << 20;  ///< bytes of names and comments
    std::uint64_t sequences = std::uint64_t{4} << 20;
  };

  /// Most letters of a sequence, and most bytes of its header.
  static constexpr std::uint64_t longest_record = 2147483647;

  /// Throws Error(invalid_argument) for what is no regular file, as its beginning is written last, and Error(io).
  DatabaseWriter(const std::string& path, Alphabet alphabet, const PartLimits& limits);
  DatabaseWriter(const std::string& path, Alphabet alphabet) : DatabaseWriter(path, alphabet, PartLimits()) {}

  /// Keeps name, comment and letters, which must not be longer than `longest_record`. Throws Error(io).
  void append(const Record& record);
  /// Writes the rest, and gives the file its name. Nothing may be appended after that. Throws Error(io).
  void commit();

  std::uint64_t sequences() const { return header_.sequences; }
  std::uint64_t letters() const { return header_.letters; }
  std::uint64_t longest() const { return header_.longest; }
  std::uint64_t file_bytes() const { return header_.file_bytes; }  ///< after commit()
  const std::string& name() const { return output_.name(); }       ///< as messages print it, quotes included

 private:
  void write_part();

  Output output_;
  PartLimits limits_;
  DatabaseHeader header_;
  PartBuilder part_;
  std::vector<PartEntry> parts_;
  std::uint64_t position_ = 0;  // of the file
};

}  // namespace anneal::io
