// The output formats of a search behind one interface. Writers only format; they do no input or output and may be used
// from several threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "anneal/scoring.h"
#include "io/hit.h"
#include "io/record_writer.h"

namespace anneal::io {

/// An option of the search, for json and pairwise, which only name it.
struct HitParameter {
  std::string name;
  std::variant<bool, std::int64_t, double, std::string> value;
};

struct HitWriterOptions {
  const SubstitutionMatrix& matrix;  ///< outlives the writer
  std::string fields = {};           ///< of 6 and 7: names with blanks between; empty: std
  bool eqx = false;                  ///< = and X in place of M in paf and sam
  bool color = false;                ///< ANSI colours in pairwise
  std::string version = {};          ///< of the program
  std::string command_line = {};     ///< for sam's @PG and json; empty: left out
  std::string database = {};         ///< its name
  std::uint64_t database_sequences = 0;
  std::uint64_t database_letters = 0;
  std::vector<HitParameter> parameters = {};  ///< in the order in which they are shown
};

class HitWriter {
 public:
  virtual ~HitWriter() = default;

  /// Appends what comes before the first query. Only sam looks at `references`, the database's sequences.
  virtual void append_header(std::string& text, std::span<const Reference> references) const;
  /// Appends a query's hits. Queries are to stand in the order of their numbers, without a gap, also those without
  /// hits.
  virtual void append(std::string& text, const HitSet& set) const = 0;
  /// Appends what comes after the last of so many queries.
  virtual void append_footer(std::string& text, std::uint64_t queries) const;
};

struct HitFormat {
  std::string_view name;
  bool takes_fields;      ///< HitWriterOptions::fields says what it prints
  bool needs_references;  ///< append_header() must be given the whole database
  /// Throws Error(invalid_argument) for an unknown field.
  std::unique_ptr<HitWriter> (*make)(const HitWriterOptions& options);
};

/// 6, 7, json, pairwise, sam and paf.
std::span<const HitFormat> hit_formats();

/// Throws Error(invalid_argument) for an unknown name.
const HitFormat& find_hit_format(std::string_view name);

/// What an option such as "6 std qlen" asks for.
struct HitFormatChoice {
  const HitFormat& format;
  std::string fields;  ///< all but the first word, for HitWriterOptions
};

/// Throws Error(invalid_argument) for an unknown format or field, and for fields where the format takes none.
HitFormatChoice parse_hit_format(std::string_view text);

}  // namespace anneal::io
