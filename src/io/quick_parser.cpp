#include "io/quick_parser.h"

#include "io/header.h"
#include "io/letters.h"

namespace anneal::io {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// Walks over the lines of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::size_t position() const { return position_; }
  bool is_at(char byte) const { return position_ < text_.size() && text_[position_] == byte; }

  // Takes a line and its end; false where the text ends before that.
  bool take_line(std::string_view& line) {
    const std::size_t end = text_.find('\n', position_);
    if (end == npos) return false;
    line = text_.substr(position_, end - position_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    position_ = end + 1;
    return true;
  }

  // The same of a line of known length.
  bool take_line(std::size_t length, std::string_view& line) {
    if (text_.size() - position_ < length) return false;
    line = text_.substr(position_, length);
    position_ += length;
    if (is_at('\r')) ++position_;
    if (!is_at('\n')) return false;
    ++position_;
    return true;
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

bool take_header(Cursor& cursor, Record& record) {
  std::string_view line;
  if (!cursor.take_line(line)) return false;
  line.remove_prefix(1);
  const Header header = split_header(line);
  record.name = header.name;
  record.comment = header.comment;
  return is_clean(line, header);
}

bool take_sequence(Cursor& cursor, Record& record) {
  return cursor.take_line(record.sequence) && find_bad_byte(record.sequence, is_sequence_letter) == npos;
}

}  // namespace

std::size_t parse_ordinary_fasta(std::string_view text, Record& record) {
  Cursor cursor(text);
  if (!cursor.is_at('>') || !take_header(cursor, record)) return 0;
  if (cursor.is_at('>') || !take_sequence(cursor, record)) return 0;
  record.quality = {};
  return cursor.is_at('>') ? cursor.position() : 0;
}

std::size_t parse_ordinary_fastq(std::string_view text, Record& record) {
  Cursor cursor(text);
  if (!cursor.is_at('@') || !take_header(cursor, record)) return 0;
  if (cursor.is_at('+') || !take_sequence(cursor, record) || record.sequence.empty()) return 0;
  std::string_view separator;
  if (!cursor.is_at('+') || !cursor.take_line(separator)) return 0;
  if (!cursor.take_line(record.sequence.size(), record.quality)) return 0;
  return find_bad_byte(record.quality, is_quality_letter) == npos ? cursor.position() : 0;
}

}  // namespace anneal::io
