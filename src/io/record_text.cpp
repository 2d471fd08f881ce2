#include "io/record_text.h"

#include <string_view>

namespace anneal::io {
namespace {

void append_header(std::string& text, char marker, const SequenceRecord& record) {
  text += marker;
  text += record.name;
  if (!record.comment.empty()) {
    text += ' ';
    text += record.comment;
  }
  text += '\n';
}

void append_line(std::string& text, std::string_view line) {
  text += line;
  text += '\n';
}

}  // namespace

void append_fasta(std::string& text, const SequenceRecord& record, std::size_t line_width) {
  append_header(text, '>', record);
  const std::size_t width = line_width == 0 ? record.sequence.size() : line_width;
  for (std::string_view rest = record.sequence; !rest.empty();) {
    const std::string_view line = rest.substr(0, width);
    append_line(text, line);
    rest.remove_prefix(line.size());
  }
}

void append_fastq(std::string& text, const SequenceRecord& record) {
  append_header(text, '@', record);
  append_line(text, record.sequence);
  text += "+\n";
  append_line(text, record.quality);
}

}  // namespace anneal::io
