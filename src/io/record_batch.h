// Records with the memory that they lie in.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "io/record.h"
#include "io/text_buffer.h"

namespace anneal::io {

class RecordBuilder;

/// Views into a batch stay valid while records are appended and when the batch is moved, until clear(). A batch that
/// was moved from may be cleared or assigned to, nothing else.
class RecordBatch {
 public:
  static constexpr std::size_t bytes_per_record = sizeof(Record) + sizeof(std::string_view);

  std::size_t size() const { return records_.size(); }
  bool empty() const { return records_.empty(); }
  /// What the records take: their text, and bytes_per_record each.
  std::size_t bytes() const { return bytes_ + size() * bytes_per_record; }
  const Record& operator[](std::size_t index) const { return records_[index]; }
  std::span<const Record> records() const { return records_; }
  std::span<const std::string_view> sequences() const { return sequences_; }  ///< as PairBatch wants them

  /// Removes the records and keeps the memory for the next ones.
  void clear();

  void append(const Record& record);                         ///< copies
  void append(const Record& record, std::string_view text);  ///< the same of one whose parts all lie in `text`
  void append(RecordBuilder& builder);  ///< takes a long record's memory over; the builder is cleared
  void borrow(const Record& record);    ///< its text must outlive the batch, or be in room()
  /// So many bytes for the text of a record that is borrowed then.
  char* room(std::size_t bytes);

 private:
  char* allocate(std::size_t bytes);

  std::vector<Record> records_;
  std::vector<std::string_view> sequences_;
  std::vector<TextBuffer> chunks_;   // of one size; those from next_chunk_ on are unused
  std::vector<TextBuffer> adopted_;  // one long record each
  std::size_t next_chunk_ = 0;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::size_t bytes_ = 0;  // of text
};

}  // namespace anneal::io
