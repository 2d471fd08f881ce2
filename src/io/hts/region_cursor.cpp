#include "io/hts/region_cursor.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace anneal::io::hts {
namespace {

std::vector<IndexedInterval> joined(std::vector<IndexedInterval> intervals) {
  std::ranges::sort(intervals, {}, [](const IndexedInterval& interval) {
    return std::tuple(interval.contig == IndexedInterval::unplaced, interval.contig, interval.begin, interval.end);
  });
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

IndexedInterval indexed(const Region& region, int contig) {
  return {.contig = contig, .begin = region.begin, .end = std::min<std::int64_t>(region.end, HTS_POS_MAX)};
}

RegionCursor::RegionCursor(Source source, std::vector<IndexedInterval> intervals)
    : source_(std::move(source)), intervals_(joined(std::move(intervals))) {}

int RegionCursor::next(void* record) {
  constexpr int at_end = -1, failed = -2;
  while (true) {
    if (iterator_ == nullptr) {
      if (opened_ == intervals_.size()) return at_end;
      iterator_.reset(source_.open(intervals_[opened_++]));
      if (iterator_ == nullptr) return failed;
    }
    const int result = source_.next(iterator_.get(), record);
    if (result < at_end) return result;
    if (result == at_end) {
      iterator_.reset();
    } else if (!came_before()) {
      return result;
    }
  }
}

int RegionCursor::contig() const { return iterator_ == nullptr ? -1 : intervals_[opened_ - 1].contig; }

// A long record may overlap the interval before, too.
bool RegionCursor::came_before() const {
  if (opened_ < 2) return false;
  const IndexedInterval& previous = intervals_[opened_ - 2];
  return previous.contig == intervals_[opened_ - 1].contig && iterator_->curr_beg < previous.end;
}

}  // namespace anneal::io::hts
