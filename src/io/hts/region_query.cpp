#include "io/hts/region_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "anneal/error.h"

namespace anneal::io::hts {
namespace {

std::vector<Region> merged(std::span<const Region> regions) {
  std::vector<Region> sorted(regions.begin(), regions.end());
  std::ranges::sort(sorted, {}, [](const Region& region) {
    return std::tuple(region.reference == Region::unplaced, region.reference, region.begin);
  });
  std::vector<Region> apart;
  for (const Region& region : sorted) {
    if (!apart.empty() && apart.back().reference == region.reference && apart.back().end >= region.begin) {
      apart.back().end = std::max(apart.back().end, region.end);
    } else {
      apart.push_back(region);
    }
  }
  return apart;
}

}  // namespace

RegionQuery::RegionQuery(const InputFile& file, const AlignmentHeader& header, std::span<const Region> regions)
    : file_(file), index_(file, header), regions_(merged(regions)) {}

int RegionQuery::next(bam1_t* bam) {
  constexpr int end = -1;
  while (iterator_ != nullptr || open_next()) {
    const int result = sam_itr_next(file_.get(), iterator_.get(), bam);
    if (result < end) return result;
    if (result == end) {
      iterator_.reset();
    } else if (!was_given_before(bam)) {
      return result;
    }
  }
  return end;
}

int RegionQuery::reference() const { return iterator_ == nullptr ? -1 : regions_[opened_ - 1].reference; }

bool RegionQuery::open_next() {
  if (opened_ == regions_.size()) return false;
  const Region& region = regions_[opened_++];
  const bool unplaced = region.reference == Region::unplaced;
  iterator_.reset(sam_itr_queryi(index_.get(), unplaced ? HTS_IDX_NOCOOR : region.reference, region.begin, region.end));
  if (iterator_ == nullptr) {
    throw Error(ErrorCode::invalid_input, fmt::format("the index of {} is damaged; make it again by anneal index {}",
                                                      file_.name(), file_.path()));
  }
  return true;
}

// A record that begins before the end of the region before this one, and reaches into this one, overlaps both.
bool RegionQuery::was_given_before(const bam1_t* bam) const {
  if (opened_ < 2) return false;
  const Region& before = regions_[opened_ - 2];
  return before.reference != Region::unplaced && before.reference == bam->core.tid && bam->core.pos < before.end;
}

}  // namespace anneal::io::hts
