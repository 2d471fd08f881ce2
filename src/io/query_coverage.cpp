#include "io/query_coverage.h"

#include <functional>
#include <string_view>
#include <unordered_map>

#include "io/interval_set.h"

namespace anneal::io {
namespace {

struct TargetHash {
  std::size_t operator()(const HitTarget& target) const {
    return std::hash<std::string_view>{}(target.name) ^ target.letters.size();
  }
};

struct TargetEqual {
  bool operator()(const HitTarget& a, const HitTarget& b) const { return a.name == b.name && a.letters == b.letters; }
};

struct TargetCover {
  IntervalSet query, unique_query, target;
};

// Positions on the strand that was read.
Interval as_read(const Hit& hit, Interval query) {
  if (!hit.reverse) return query;
  const auto length = static_cast<std::int32_t>(hit.aligned_query.size());
  return {length - query.end, length - query.begin};
}

// The query's letters between those aligned with the ends of a part of the target.
Interval opposite(const Hit& hit, Interval target_part) {
  std::int32_t query = hit.alignment.query_begin, target = hit.alignment.target_begin;
  Interval part{query, query};
  for (const CigarOp op : hit.cigar) {
    const auto length = static_cast<std::int32_t>(op.length());
    if (op.code() == CigarOp::insertion) {
      query += length;
      continue;
    }
    const std::int32_t step = op.code() == CigarOp::deletion ? 0 : 1;
    if (target <= target_part.begin && target_part.begin < target + length) {
      part.begin = query + step * (target_part.begin - target);
    }
    if (target < target_part.end && target_part.end <= target + length) {
      part.end = query + step * (target_part.end - target);
    }
    query += step * length;
    target += length;
  }
  return part;
}

void add(TargetCover& cover, const Hit& hit) {
  const Alignment& alignment = hit.alignment;
  cover.query.add(as_read(hit, {alignment.query_begin, alignment.query_end}));
  const Interval target{alignment.target_begin, alignment.target_end};
  for (const Interval part : cover.target.uncovered(target)) {
    cover.unique_query.add(as_read(hit, opposite(hit, part)));
  }
  cover.target.add(target);
}

}  // namespace

int coverage_percent(std::int64_t letters, std::int64_t query_length) {
  if (query_length == 0) return 0;
  const double percent = 100.0 * static_cast<double>(letters) / static_cast<double>(query_length);
  return static_cast<int>(percent < 99 ? percent + 0.5 : percent);
}

std::vector<QueryCoverage> query_coverages(const HitSet& set) {
  std::unordered_map<HitTarget, TargetCover, TargetHash, TargetEqual> covers;
  for (const Hit& hit : set.hits) add(covers[hit.target], hit);
  const auto length = static_cast<std::int64_t>(set.query.letters.size());
  std::vector<QueryCoverage> coverages;
  coverages.reserve(set.hits.size());
  for (const Hit& hit : set.hits) {
    const TargetCover& cover = covers.at(hit.target);
    coverages.push_back({.by_target = coverage_percent(cover.query.size(), length),
                         .by_unique_target = coverage_percent(cover.unique_query.size(), length)});
  }
  return coverages;
}

}  // namespace anneal::io
