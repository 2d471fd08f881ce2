// Lines of a file, one after the other or by regions.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/region.h"
#include "anneal/io/threads.h"
#include "io/byte_source.h"
#include "io/intervals/columns.h"
#include "io/intervals/line_format.h"
#include "io/whole_lines.h"

namespace anneal::io {

class IntervalLines {
 public:
  /// Opens as IntervalReader does, and throws what that throws.
  IntervalLines(const std::string& path, const LineFormat& format, const IoThreads& threads);
  /// Of a file with this path that is open already.
  IntervalLines(std::unique_ptr<ByteSource> source, const std::string& path, const LineFormat& format,
                const IoThreads& threads);
  ~IntervalLines();

  /// The next line, which is valid until the next call; false at the end. All lines come, comments too, but of a query
  /// only those with records.
  bool next(std::string_view& line);
  /// Whether the last line holds a record. Of what follows the records, no line does.
  bool is_record(std::string_view line);

  void query(std::span<const Region> regions);
  void query(std::string_view region);
  void query(std::span<const std::string> regions);  ///< as parse_region() reads them

  /// Throws Error(invalid_input): what is wrong with the last line.
  [[noreturn]] void fail(const ColumnError& error) const;

 private:
  class Indexed;

  std::string path_;
  const LineFormat& format_;
  IoThreads threads_;
  WholeLines stream_;
  std::unique_ptr<Indexed> indexed_;  // once a query was made
  std::uint64_t number_ = 0;          // of the last line
  bool is_over_ = false;              // there are no more records
};

}  // namespace anneal::io
