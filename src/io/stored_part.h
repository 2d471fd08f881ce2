// One part of a prepared database in memory: its sequences by number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "io/database_format.h"
#include "io/packed_letters.h"
#include "io/record.h"
#include "io/record_batch.h"

namespace anneal::io {

class StoredPart {
 public:
  /// `file` is all of the file, and holds the part whose sections begin there.
  StoredPart(std::string_view file, std::uint64_t begin, const PartEntry& entry);

  std::uint64_t sequences() const { return entry_.sequences; }
  /// Whether it is what was written.
  bool is_whole() const {
    return digest_of(file_.substr(layout_.letters, layout_.end - layout_.letters)) == entry_.digest;
  }

  /// A sequence whose letters may not be in the file as they are.
  struct Place {
    Record record;  ///< without letters
    std::uint32_t letters_begin;
    std::uint32_t length;

    std::size_t bytes() const { return bytes_of(record) + length; }
  };

  /// Nothing where it would lie outside of the part's sections. `number` counts from the part's first sequence.
  std::optional<Place> place(std::uint64_t number) const;

  /// Appends the sequence; the file must outlive the batch. False where its runs do not fit it.
  bool append(const Place& place, RecordBatch& batch) const;

 private:
  std::string_view section(std::uint64_t begin, std::uint64_t size) const { return file_.substr(begin, size); }
  PlacedRecord placed(std::uint64_t number) const;
  LetterRun run(std::uint64_t number) const;
  std::uint64_t first_run_from(std::uint64_t letter) const;
  bool unpack(const Place& place, char* letters) const;
  std::uint64_t stored_bytes(std::uint32_t letters) const;

  std::string_view file_;
  PartEntry entry_;
  PartLayout layout_;
};

}  // namespace anneal::io
