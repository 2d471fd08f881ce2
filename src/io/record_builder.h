// A record that is being read: its parts lie one after the other in one buffer.
#pragma once

#include <cstddef>
#include <string_view>

#include "io/record.h"
#include "io/text_buffer.h"

namespace anneal::io {

class RecordBuilder {
 public:
  void clear();

  void append_header(std::string_view text) { text_.append(text); }
  void end_header();
  void append_sequence(std::string_view text) { text_.append(text); }
  void end_sequence() { sequence_end_ = text_.size(); }
  void append_quality(std::string_view text) { text_.append(text); }

  std::size_t sequence_size() const { return sequence_end_ - header_end_; }  ///< after end_sequence()
  std::size_t unfinished_sequence_size() const { return text_.size() - header_end_; }
  std::size_t quality_size() const { return text_.size() - sequence_end_; }

  std::size_t bytes() const { return text_.size(); }
  std::string_view header() const { return text_.view().substr(0, header_end_); }
  Record record() const;  ///< valid until the next change

  /// Gives the text away; views that record() returned stay valid with it. clear() before the next use.
  TextBuffer release();

 private:
  TextBuffer text_;
  std::size_t header_end_ = 0;
  std::size_t sequence_end_ = 0;
};

}  // namespace anneal::io
