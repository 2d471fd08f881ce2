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

class RegionCursor {
 public:
  /// How htslib finds an interval, null where it cannot, and reads on in it, with what hts_itr_next() returns.
  struct Source {
    std::function<hts_itr_t*(const IndexedInterval&)> open;
    std::function<int(hts_itr_t*, void* record)> next;
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
  bool came_before() const;

  Source source_;
  std::vector<IndexedInterval> intervals_;
  std::size_t opened_ = 0;  // intervals
  std::unique_ptr<hts_itr_t, Destroy> iterator_;
};

}  // namespace anneal::io::hts
