// Goes through what of an indexed file overlaps some regions.
#pragma once

#include <htslib/hts.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace anneal::io::hts {

/// Of the contig that has this number in the index; half-open, from 0.
struct IndexedInterval {
  int contig = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

class RegionCursor {
 public:
  /// Sorts the intervals and joins those that touch, so that each record comes once, in the file's order. What is given
  /// is borrowed.
  RegionCursor(const hts_idx_t* index, hts_readrec_func* read, void* data, std::vector<IndexedInterval> intervals);

  /// Reads the next record into what `read` fills. 0 or more: there was one; -1: there is none; below: it failed.
  int next(BGZF* file, void* record);

 private:
  struct Destroy {
    void operator()(hts_itr_t* iterator) const { hts_itr_destroy(iterator); }
  };
  bool came_before() const;

  const hts_idx_t* index_;
  hts_readrec_func* read_;
  void* data_;
  std::vector<IndexedInterval> intervals_;
  std::size_t opened_ = 0;  // intervals
  std::unique_ptr<hts_itr_t, Destroy> iterator_;
};

}  // namespace anneal::io::hts
