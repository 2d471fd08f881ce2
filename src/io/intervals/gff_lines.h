// Lines of one dialect of GFF as lines of the other.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/intervals.h"
#include "io/byte_source.h"
#include "io/intervals/columns.h"
#include "io/intervals/gff_conversion.h"
#include "io/intervals/line_converter.h"

namespace anneal::io {

/// As messages print it.
std::string_view name_of(GffDialect dialect);

struct DetectedDialect {
  std::unique_ptr<ByteSource> source;  ///< from its begin
  std::optional<GffDialect> dialect;   ///< nothing where no record has attributes
};

/// Of a source of GFF: what it says, or its first record that has attributes.
DetectedDialect detect_dialect(std::unique_ptr<ByteSource> source);

/// Throws ColumnError where the attributes of a line are those of the other dialect.
void require_dialect(Columns columns, GffDialect dialect);

class GffLineConverter final : public LineConverter {
 public:
  /// To this dialect, of lines that all are of the other.
  explicit GffLineConverter(GffDialect target);

  std::string_view head() const override;
  bool has_to_learn() const override { return true; }
  void learn(Columns columns) override;
  void append_record(std::string& text, Columns columns) override;
  /// The line, but where it is for the other dialect alone: of GFF3 its version, ### and the sequences at the end.
  void append_other(std::string& text, std::string_view line) override;

 private:
  void parse(Columns columns);

  GffDialect target_;
  GffDialect source_;
  std::unique_ptr<GffConversion> conversion_;
  GffRecord record_;
  std::vector<GffRecord> converted_;
  bool is_over_ = false;  // sequences follow
};

}  // namespace anneal::io
