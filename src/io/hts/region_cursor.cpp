#include "io/hts/region_cursor.h"

#include <algorithm>
#include <optional>
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

// Where in the compressed file the records are that an interval may have; nothing where it has none.
std::optional<std::uint64_t> place_of(const hts_idx_t* index, const IndexedInterval& interval) {
  const std::unique_ptr<hts_itr_t, decltype(&hts_itr_destroy)> iterator(
      hts_itr_query(index, interval.contig, interval.begin, interval.end, nullptr), &hts_itr_destroy);
  if (iterator == nullptr || iterator->n_off == 0) return std::nullopt;
  constexpr int block_bits = 16;
  return iterator->off[0].u >> block_bits;
}

}  // namespace

bool are_near_in_blocks(const hts_idx_t* index, const IndexedInterval& one, const IndexedInterval& later) {
  constexpr std::uint64_t largest_block = 65536;
  const auto first = place_of(index, one), second = place_of(index, later);
  return first && second && *second <= *first + 2 * largest_block;
}

IndexedInterval indexed(const Region& region, int contig) {
  return {.contig = contig, .begin = region.begin, .end = std::min<std::int64_t>(region.end, HTS_POS_MAX)};
}

RegionCursor::RegionCursor(Source source, std::vector<IndexedInterval> intervals)
    : source_(std::move(source)), intervals_(joined(std::move(intervals))) {}

int RegionCursor::next(void* record) {
  constexpr int at_end = -1, failed = -2;
  while (true) {
    if (iterator_ == nullptr) {
      if (behind_ == intervals_.size()) return at_end;
      if (!open_next()) return failed;
    }
    const int result = source_.next(iterator_.get(), record);
    if (result < at_end) return result;
    if (result == at_end) {
      iterator_.reset();
    } else if (is_wanted()) {
      return result;
    }
  }
}

int RegionCursor::contig() const { return iterator_ == nullptr ? -1 : intervals_[first_].contig; }

// With those behind it that are near.
bool RegionCursor::open_next() {
  first_ = current_ = behind_;
  IndexedInterval all = intervals_[behind_++];
  while (behind_ < intervals_.size() && intervals_[behind_].contig == all.contig &&
         source_.are_near(intervals_[behind_ - 1], intervals_[behind_])) {
    all.end = intervals_[behind_++].end;
  }
  iterator_.reset(source_.open(all));
  return iterator_ != nullptr;
}

bool RegionCursor::is_wanted() {
  if (intervals_[first_].contig == IndexedInterval::unplaced) return true;
  if (came_before()) return false;
  while (current_ + 1 < behind_ && intervals_[current_].end <= iterator_->curr_beg) ++current_;
  return intervals_[current_].begin < iterator_->curr_end;
}

// A long record may overlap the interval before, too.
bool RegionCursor::came_before() const {
  if (first_ == 0) return false;
  const IndexedInterval& previous = intervals_[first_ - 1];
  return previous.contig == intervals_[first_].contig && iterator_->curr_beg < previous.end;
}

}  // namespace anneal::io::hts
