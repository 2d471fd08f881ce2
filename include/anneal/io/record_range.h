// Readers as C++20 ranges.
//
//   const auto is_long = [](const anneal::io::SequenceRecord& read) { return read.sequence.size() >= 1000; };
//   for (const auto& read : reads | std::views::filter(is_long)) ...
#pragma once

#include <cstddef>
#include <iterator>

namespace anneal::io {

/// An input iterator over what is left in a reader: of the file, or of the regions that were asked for. It holds the
/// record, and reads the first one when it is made; making and moving on throw what the reader's read() throws. A
/// record stays until the iterator moves on or ends, and needs the reader only where read() says so.
///
/// One pass: all iterators of a reader share its place. It reads a record ahead of what a view hands out:
/// std::views::take(n) takes n + 1 from the reader, if there are so many. The reader must outlive the iterator and stay
/// where it is. One thread at a time, as the reader.
template <typename Reader, typename Record>
class RecordIterator {
 public:
  using value_type = Record;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;

  explicit RecordIterator(Reader& reader) : reader_(&reader) { ++*this; }

  const Record& operator*() const { return record_; }
  const Record* operator->() const { return &record_; }
  RecordIterator& operator++() {
    is_at_end_ = !reader_->read(record_);
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const RecordIterator& iterator, std::default_sentinel_t) { return iterator.is_at_end_; }

 private:
  Reader* reader_;
  bool is_at_end_ = false;
  Record record_;
};

}  // namespace anneal::io
