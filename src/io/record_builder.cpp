#include "io/record_builder.h"

#include <utility>

#include "io/header.h"

namespace anneal::io {

void RecordBuilder::clear() {
  text_.clear();
  header_end_ = sequence_end_ = 0;
}

void RecordBuilder::end_header() { header_end_ = sequence_end_ = text_.size(); }

Record RecordBuilder::record() const {
  const std::string_view text = text_.view();
  const Header parts = split_header(header());
  return {.name = parts.name,
          .comment = parts.comment,
          .sequence = text.substr(header_end_, sequence_end_ - header_end_),
          .quality = text.substr(sequence_end_)};
}

TextBuffer RecordBuilder::release() { return std::exchange(text_, TextBuffer()); }

}  // namespace anneal::io
