// Lines of text, of which the last one has to have an end, too: in a truncated file it has none.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "io/line_reader.h"

namespace anneal::io {

/// Throws Error(invalid_input): the file of this name, as messages print it, ends within a line.
[[noreturn]] void refuse_cut_line(std::string_view name);

/// The same bytes. Its read() throws as refuse_cut_line() says where the end comes within a line.
std::unique_ptr<ByteSource> with_whole_lines(std::unique_ptr<ByteSource> source);

class WholeLines {
 public:
  explicit WholeLines(std::unique_ptr<ByteSource> source, std::size_t block_size = LineReader::default_block);

  /// The next line, of any length, without its end; valid until the next call. False at the end. Throws what the source
  /// throws, and as refuse_cut_line() says.
  bool next(std::string_view& line);
  const std::string& name() const { return lines_.name(); }

 private:
  LineReader lines_;
  std::string joined_;  // a line that is longer than a block
};

}  // namespace anneal::io
