// What a search has found, as the hit writers format it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "anneal/align.h"

namespace anneal::io {

struct HitQuery {
  std::string_view name;     ///< may be empty
  std::string_view comment;  ///< the header from the second word on
  std::string_view letters;  ///< as read: DNA's plus strand
};

/// One sequence of the database.
struct HitTarget {
  std::string_view name;
  std::string_view comment;
  std::string_view letters;
};

/// An alignment of a query with a sequence of the database, with its path.
struct Hit {
  const Alignment& alignment;      ///< aligned; positions are those on the query strand that was aligned
  std::span<const CigarOp> cigar;  ///< =, X, I and D from query_begin on
  HitTarget target;
  bool reverse = false;            ///< DNA: the query's reverse complement was aligned
  std::string_view aligned_query;  ///< all letters of the query, on the strand that was aligned
  double bits = 0;                 ///< the score in bits
  std::optional<double> evalue;    ///< nullopt where the scoring has no statistics
};

/// The hits of one query, best first.
struct HitSet {
  std::uint64_t number;  ///< of the query among all that are written, from 0
  HitQuery query;
  std::span<const Hit> hits;
};

}  // namespace anneal::io
