// Lines of one format as lines of another.
#pragma once

#include <string>
#include <string_view>

#include "io/intervals/columns.h"

namespace anneal::io {

class LineConverter {
 public:
  virtual ~LineConverter() = default;

  /// What comes before all lines.
  virtual std::string_view head() const { return ""; }
  /// Whether learn() has to be called for all records of the file, before the first append_record().
  virtual bool has_to_learn() const { return false; }
  /// Throws ColumnError.
  virtual void learn(Columns) {}
  /// Appends the lines of a record. Throws ColumnError.
  virtual void append_record(std::string& text, Columns columns) = 0;
  /// Appends what stands for a line that is no record, in the order of the file.
  virtual void append_other(std::string& text, std::string_view line) = 0;
};

}  // namespace anneal::io
