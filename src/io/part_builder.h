// A part of a prepared database while it is filled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/database_format.h"
#include "io/output.h"
#include "io/packed_letters.h"
#include "io/record.h"

namespace anneal::io {

class PartBuilder {
 public:
  /// Nucleotides are packed where that is smaller.
  explicit PartBuilder(Alphabet alphabet) : alphabet_(alphabet) {}

  std::uint64_t sequences() const { return records_.size(); }
  std::uint64_t letters() const { return letters_.size(); }
  std::uint64_t text() const { return names_.size() + comments_.size(); }  ///< bytes

  /// Letters together, and names and comments, must be below 2^32.
  void append(const Record& record);

  /// Writes the part, which begins at a page, up to the next page. It is empty then, and may be filled again.
  PartEntry write(Output& output);

 private:
  std::string_view letters_of(std::size_t record) const;
  std::vector<std::size_t> by_length() const;
  bool pack(const std::vector<std::size_t>& order);
  void place(const std::vector<std::size_t>& order);
  void clear();

  Alphabet alphabet_;
  std::string letters_;
  std::string names_;
  std::string comments_;
  std::vector<PlacedRecord> records_;
  std::vector<std::uint64_t> begins_;  // of records' letters in letters_
  std::string packed_;
  std::vector<LetterRun> runs_;
};

}  // namespace anneal::io
