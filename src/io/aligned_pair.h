// One aligned pair, as the writers format it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "anneal/align.h"

namespace anneal::io {

struct AlignedPair {
  std::string_view query_name;
  std::string_view query;          ///< as aligned: reverse complemented where `reverse`
  std::string_view query_quality;  ///< as read, never reversed; empty where the query has none
  std::string_view target_name;
  std::string_view target;
  const Alignment& alignment;
  std::span<const CigarOp> cigar = {};
  const Extension* extension = nullptr;     ///< null where nothing is extended, and where it was not computed
  const SecondBest* second_best = nullptr;  ///< null where it was not computed
  bool reverse = false;                     ///< the query's reverse complement was aligned
  const SubstitutionMatrix& matrix;
  bool secondary = false;      ///< a better alignment of the query is written too; only sam says so
  std::string_view tags = {};  ///< more tags for paf and sam, each behind a tab
};

/// Whether there is a path to print.
inline bool has_path(const AlignedPair& record) {
  return record.alignment.status == Status::aligned && !record.cigar.empty();
}

struct Interval {
  std::int32_t begin = -1;  ///< -1 where it is not known
  std::int32_t end = -1;
};

/// The aligned part of the query on the strand that was read, as PAF counts it.
inline Interval query_interval(const AlignedPair& record) {
  const Alignment& alignment = record.alignment;
  if (!record.reverse) return {alignment.query_begin, alignment.query_end};
  const auto length = static_cast<std::int32_t>(record.query.size());
  const auto flipped = [length](std::int32_t position) { return position < 0 ? -1 : length - position; };
  return {flipped(alignment.query_end), flipped(alignment.query_begin)};
}

}  // namespace anneal::io
