// The columns of BLAST's tabular formats.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/blast_alignment.h"
#include "io/hit.h"
#include "io/query_coverage.h"

namespace anneal::io {

/// What a line is made of.
struct BlastRow {
  const HitSet& set;
  const Hit& hit;
  const BlastAlignment& alignment;
  QueryCoverage coverage;  ///< computed only where a field needs it
  Alphabet alphabet;
};

struct BlastField {
  std::string_view name;
  std::string_view long_name;  ///< in the comments of format 7
  void (*append)(std::string& text, const BlastRow& row);
  bool needs_coverage = false;
};

/// All that exist, in BLAST's order.
std::span<const BlastField> blast_fields();

/// The fields named by a list with blanks between, each once; `std` stands for twelve of them, and so does an empty
/// list. Throws Error(invalid_argument) for an unknown name.
std::vector<const BlastField*> find_blast_fields(std::string_view list);

/// The name in column qseqid: Query_1 for the first query where it has none.
void append_query_id(std::string& text, const HitSet& set);

}  // namespace anneal::io
