#include "map/minimap/records.h"

#include <algorithm>

namespace anneal::map {
namespace {

mm_extra_t* new_extra(std::span<const CigarOp> cigar) {
  const std::size_t bytes = sizeof(mm_extra_t) + cigar.size() * sizeof(std::uint32_t);
  auto* const extra = static_cast<mm_extra_t*>(std::calloc(bytes, 1));
  if (extra == nullptr) throw std::bad_alloc();
  extra->capacity = static_cast<std::uint32_t>(bytes / sizeof(std::uint32_t));
  extra->n_cigar = static_cast<std::uint32_t>(cigar.size());
  std::ranges::transform(cigar, extra->cigar, &CigarOp::packed);
  return extra;
}

void set_cigar(const mm_extra_t& extra, Mapping& mapping) {
  mapping.cigar.reserve(extra.n_cigar);
  for (std::uint32_t k = 0; k < extra.n_cigar; ++k) {
    const CigarOp op(static_cast<CigarOp::Code>(extra.cigar[k] & 15U), extra.cigar[k] >> 4);
    mapping.cigar.push_back(op);
    if (op.code() != CigarOp::insertion && op.code() != CigarOp::deletion) continue;
    ++mapping.gaps;
    mapping.gap_letters += static_cast<std::int32_t>(op.length());
  }
}

}  // namespace

std::vector<Anchor> anchors_of(const Hits& hits) {
  std::vector<Anchor> anchors;
  anchors.reserve(hits.anchors().size());
  for (const mm128_t& anchor : hits.anchors()) {
    anchors.push_back({.place = static_cast<std::uint32_t>(anchor.x >> 32),
                       .target_end = static_cast<std::int32_t>(anchor.x) + 1,
                       .query_end = static_cast<std::int32_t>(anchor.y) + 1,
                       .span = static_cast<std::int32_t>(anchor.y >> 32 & 0xff),
                       .is_tandem = (anchor.y & MM_SEED_TANDEM) != 0});
  }
  return anchors;
}

Chain chain_of(const mm_reg1_t& record, std::span<const Anchor> anchors, int query_length, int target_length) {
  return {.anchors = anchors,
          .part = {static_cast<std::size_t>(record.as), static_cast<std::size_t>(record.cnt)},
          .covered = record.mlen,
          .query_length = query_length,
          .target_length = target_length};
}

void store(const AlignedRegion& aligned, int query_length, mm_reg1_t& record) {
  const Box& box = aligned.box;
  record.qs = record.rev ? query_length - box.query_end : box.query_begin;
  record.qe = record.rev ? query_length - box.query_begin : box.query_end;
  record.rs = box.target_begin;
  record.re = box.target_end;
  record.mlen = aligned.counts.matches;
  record.blen = aligned.counts.columns;
  mm_extra_t* const extra = new_extra(aligned.cigar);
  extra->dp_score = aligned.counts.score;
  extra->dp_max = aligned.counts.best_segment;
  extra->n_ambi = static_cast<std::uint32_t>(aligned.counts.ambiguous) & 0x3fffffffU;
  record.p = extra;
}

Mapping::Kind kind_of(const mm_reg1_t& record) {
  if (record.id != record.parent) return Mapping::Kind::secondary;
  return record.sam_pri ? Mapping::Kind::primary : Mapping::Kind::supplementary;
}

Mapping mapping_of(const mm_reg1_t& record, int query_length, bool is_flipped) {
  const mm_extra_t& extra = *record.p;
  const auto ambiguous = static_cast<std::int32_t>(extra.n_ambi);
  Mapping mapping{.kind = kind_of(record),
                  .reverse = (record.rev != 0) != is_flipped,
                  .proper_pair = record.proper_frag != 0,
                  .inversion = record.inv != 0,
                  .mapping_quality = static_cast<std::uint8_t>(record.mapq),
                  .target = record.rid,
                  .query_begin = is_flipped ? query_length - record.qe : record.qs,
                  .query_end = is_flipped ? query_length - record.qs : record.qe,
                  .target_begin = record.rs,
                  .target_end = record.re,
                  .cigar = {},
                  .score = extra.dp_score,
                  .best_segment = extra.dp_max,
                  .other_segment = extra.dp_max2,
                  .chain_score = record.score,
                  .other_chain_score = record.subsc,
                  .minimizers = record.cnt,
                  .matches = record.mlen,
                  .columns = record.blen + ambiguous,
                  .ambiguous = ambiguous};
  set_cigar(extra, mapping);
  return mapping;
}

}  // namespace anneal::map
