#include "io/hts/sam_regions.h"

#include <fmt/core.h>
#include <htslib/bgzf.h>
#include <htslib/tbx.h>

#include "anneal/error.h"
#include "io/hts/sam_record.h"

namespace anneal::io::hts {

hts_itr_t* SamRegions::open(const hts_idx_t* index, const IndexedInterval& interval) {
  return hts_itr_query(index, interval.contig, interval.begin, interval.end, read);
}

int SamRegions::next(hts_itr_t* iterator, bam1_t* record) {
  const int result = hts_itr_next(hts_get_bgzfp(file_.get()), iterator, record, this);
  if (defect_.empty()) return result;
  throw Error(ErrorCode::invalid_input, fmt::format("a line of {} {}", file_.name(), defect_));
}

// htslib calls it, which no exception may pass.
int SamRegions::read(BGZF* blocks, void* self, void* record, int* contig, hts_pos_t* begin, hts_pos_t* end) {
  constexpr int failed = -2;
  SamRegions& regions = *static_cast<SamRegions*>(self);
  const int result = bgzf_getline(blocks, '\n', regions.line_.get());
  if (result < 0) return result;
  auto* const bam = static_cast<bam1_t*>(record);
  try {
    regions.defect_ = parse_sam_record(regions.line_, regions.header_, bam);
  } catch (...) {
    regions.defect_ = "does not fit into memory";
  }
  if (!regions.defect_.empty()) return failed;
  *contig = bam->core.tid;
  *begin = bam->core.pos;
  *end = bam_endpos(bam);
  return result;
}

}  // namespace anneal::io::hts
