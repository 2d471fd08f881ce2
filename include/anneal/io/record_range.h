// Readers as C++ ranges.
#pragma once

#include <cstddef>
#include <iterator>

namespace anneal::io {

/// An input iterator over what is left in a reader, whose read(record) is false at the end. Reads the first record when
/// it is made; throws what read() throws.
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
    if (!reader_->read(record_)) reader_ = nullptr;
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const RecordIterator& iterator, std::default_sentinel_t) {
    return iterator.reader_ == nullptr;
  }

 private:
  Reader* reader_;
  Record record_;
};

}  // namespace anneal::io
