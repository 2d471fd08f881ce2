// Reads a prepared database in bounded batches, without copying what it can leave where it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/error.h"
#include "io/mapped_file.h"
#include "io/record_batch.h"
#include "io/stored_part.h"

namespace anneal::io {

class DatabaseReader {
 public:
  /// Maps the file and checks its header and the table of its parts. Throws Error(io) where it cannot be read, and
  /// Error(invalid_input) for a file that is truncated, damaged, none of ours, of a machine with another byte order,
  /// of another version or of another kind.
  explicit DatabaseReader(const std::string& path);
  /// The same of bytes in memory, which are borrowed. `name` appears in messages.
  DatabaseReader(std::string name, std::string_view bytes);

  Alphabet alphabet() const { return static_cast<Alphabet>(header_.alphabet); }
  std::uint64_t sequences() const { return header_.sequences; }
  std::uint64_t letters() const { return header_.letters; }
  std::uint64_t longest() const { return header_.longest; }  ///< letters of the longest sequence
  const std::string& name() const { return name_; }          ///< as messages print it, quotes included

  /// Appends the next sequences, of at most `max_bytes` together, as RecordBatch::bytes() counts; a longer one comes
  /// alone, and none of another part comes with them. They have no quality, and live as long as the batch and the
  /// reader. False at the end. A part is checked when its first sequence is read: throws Error(invalid_input) where it
  /// is damaged.
  bool read(RecordBatch& batch, std::size_t max_bytes);
  /// Starts again from the first sequence.
  void rewind() { part_ = next_ = 0; }
  /// Of the file, up to the last sequence that was read, or about that.
  std::uint64_t bytes_taken() const;

 private:
  struct Part {
    std::uint64_t begin;
    std::uint64_t end;
    StoredPart content;
    bool is_checked = false;
  };

  void check_header();
  void read_table();
  void check_part();
  void leave_part();
  bool append_next(RecordBatch& batch, std::size_t room);
  Error damaged_part() const;

  std::unique_ptr<MappedFile> file_;
  std::string name_;
  std::string_view bytes_;
  DatabaseHeader header_;
  std::vector<Part> parts_;
  std::size_t part_ = 0;
  std::uint64_t next_ = 0;  // sequence in it
};

}  // namespace anneal::io
