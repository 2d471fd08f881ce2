// Whether lines of GFF are of the dialect that the output's name says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "anneal/io/intervals.h"
#include "io/intervals/columns.h"

namespace anneal::cli {

class GffDialectCheck {
 public:
  /// Looks for .gff3 and .gtf; .gff may hold either.
  explicit GffDialectCheck(std::string output);

  /// Throw ColumnError.
  void check_record(io::Columns columns) const;
  void check_comment(std::string_view line) const;

 private:
  [[noreturn]] void refuse(std::size_t column, io::GffDialect dialect) const;

  std::string output_;
  std::optional<io::GffDialect> named_;
};

}  // namespace anneal::cli
