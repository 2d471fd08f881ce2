#include "io/hts/region_cursor.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace anneal::io::hts {
namespace {

std::vector<IndexedInterval> joined(std::vector<IndexedInterval> intervals) {
  std::ranges::sort(intervals, {}, [](const IndexedInterval& i) { return std::tuple(i.contig, i.begin, i.end); });
  std::vector<IndexedInterval> result;
  for (const IndexedInterval& interval : intervals) {
    if (!result.empty() && result.back().contig == interval.contig && interval.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, interval.end);
    } else {
      result.push_back(interval);
    }
  }
  return result;
}

}  // namespace

RegionCursor::RegionCursor(const hts_idx_t* index, hts_readrec_func* read, void* data,
                           std::vector<IndexedInterval> intervals)
    : index_(index), read_(read), data_(data), intervals_(joined(std::move(intervals))) {}

int RegionCursor::next(BGZF* file, void* record) {
  constexpr int at_end = -1, failed = -2;
  while (true) {
    if (iterator_ == nullptr) {
      if (opened_ == intervals_.size()) return at_end;
      const IndexedInterval& interval = intervals_[opened_++];
      iterator_.reset(hts_itr_query(index_, interval.contig, interval.begin, interval.end, read_));
      if (iterator_ == nullptr) return failed;
    }
    const int result = hts_itr_next(file, iterator_.get(), record, data_);
    if (result < at_end) return result;
    if (result == at_end) {
      iterator_.reset();
    } else if (!came_before()) {
      return result;
    }
  }
}

// A long record may overlap the interval before, too.
bool RegionCursor::came_before() const {
  if (opened_ < 2) return false;
  const IndexedInterval& previous = intervals_[opened_ - 2];
  return previous.contig == intervals_[opened_ - 1].contig && iterator_->curr_beg < previous.end;
}

}  // namespace anneal::io::hts
