// Goes through what of an indexed file overlaps some regions.
#pragma once

#include <htslib/hts.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "anneal/io/region.h"

namespace anneal::io::hts {

/// Of the contig that has this number in the index; half-open, from 0.
struct IndexedInterval {
  static constexpr int unplaced = HTS_IDX_NOCOOR;  ///< as `contig`: the records at the end that have no position

  int contig = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

IndexedInterval indexed(const Region& region, int contig);

/// By an index of a file of BGZF: whether records of both intervals, which are of one contig, are looked for from about
/// the same place of the file on.
bool are_near_in_blocks(const hts_idx_t* index, const IndexedInterval& one, const IndexedInterval& later);

class RegionCursor {
 public:
  struct Source {
    /// How htslib finds an interval, null where it cannot, and reads on in it, with what hts_itr_next() returns.
    std::function<hts_itr_t*(const IndexedInterval&)> open;
    std::function<int(hts_itr_t*, void* record)> next;
    /// Whether reading on from one interval to a later one of its contig costs less than finding that.
    std::function<bool(const IndexedInterval& one, const IndexedInterval& later)> are_near;
  };

  /// Sorts the intervals and joins those that touch, so that each record comes once, in the file's order.
  RegionCursor(Source source, std::vector<IndexedInterval> intervals);

  /// Reads the next record into what `next` fills. 0 or more: there was one; -1: there is none; below: it failed.
  int next(void* record);
  /// The contig that is being read; below 0 at the end and for records without a position.
  int contig() const;

 private:
  struct Destroy {
    void operator()(hts_itr_t* iterator) const { hts_itr_destroy(iterator); }
  };
  bool open_next();
  bool is_wanted();
  bool came_before() const;

  Source source_;
  std::vector<IndexedInterval> intervals_;
  std::size_t first_ = 0;    // of the intervals that are read at once
  std::size_t current_ = 0;  // the first that does not end before what was read
  std::size_t behind_ = 0;   // the last of those that are read at once
  std::unique_ptr<hts_itr_t, Destroy> iterator_;
};

}  // namespace anneal::io::hts
