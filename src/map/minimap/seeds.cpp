#include "map/minimap/seeds.h"

#include "map/minimap/prefetch.h"
#include "map/minimap/sketch.h"
#include "map/minimap/sort_pairs.h"

namespace anneal::map {
Seeds::Seeds(const MapIndex::Impl& index, const Pool& pool, Segments segments)
    : index_(index), pool_(pool), segments_(segments), anchors_(pool, nullptr), used_(pool, nullptr) {
  for (const std::string_view letters : segments) length_ += static_cast<int>(letters.size());
  sketch();
  prefetch(*index.minimizers, {minimizers_.a, minimizers_.n});
  const mm_mapopt_t& options = index.parameters.mapping;
  if (options.q_occ_frac > 0) mm_seed_mz_flt(pool.get(), &minimizers_, options.mid_occ, options.q_occ_frac);
}

Seeds::~Seeds() { kfree(pool_.get(), minimizers_.a); }

// Positions count from the first letter of the first segment.
void Seeds::sketch() {
  const mm_idx_t& index = *index_.minimizers;
  const SketchOptions options{.window = index.w, .k = index.k, .is_compressed = (index.flag & MM_I_HPC) != 0};
  std::uint64_t begin = 0;
  std::uint32_t segment = 0;
  for (const std::string_view letters : segments_) {
    const std::size_t known = minimizers_.n;
    if (!letters.empty()) append_minimizers(pool_, letters, options, segment, minimizers_);
    for (std::size_t i = known; i < minimizers_.n; ++i) minimizers_.a[i].y += begin << 1;
    begin += letters.size();
    ++segment;
  }
}

void Seeds::look_up(int most_occurrences) {
  const mm_mapopt_t& options = index_.parameters.mapping;
  int seed_count = 0;
  std::uint64_t* used = nullptr;
  const Pooled<mm_seed_t> seeds(
      pool_,
      mm_collect_matches(pool_.get(), &seed_count, length_, most_occurrences, options.max_max_occ, options.occ_dist,
                         index_.minimizers.get(), &minimizers_, &anchor_count_, &repeat_length_, &used_count_, &used));
  used_.reset(used);
  anchors_.reset(
      static_cast<mm128_t*>(kmalloc(pool_.get(), static_cast<std::size_t>(anchor_count_) * sizeof(mm128_t))));
  mm128_t* next = anchors_.get();
  for (int i = 0; i < seed_count; ++i) {
    const mm_seed_t& seed = seeds.get()[i];
    for (std::uint32_t k = 0; k < seed.n; ++k) *next++ = anchor(seed, seed.cr[k]);
  }
  sort_pairs({anchors_.get(), next});
}

// x: strand, target and its last position; y: flags, segment, length and the last position of the query's strand.
mm128_t Seeds::anchor(const mm_seed_t& seed, std::uint64_t place) const {
  constexpr std::uint64_t reverse_bit = std::uint64_t{1} << 63;
  const bool is_reverse = (place & 1) != (seed.q_pos & 1);
  const auto query_end = static_cast<std::int64_t>(seed.q_pos >> 1), span = std::int64_t{seed.q_span};
  const std::int64_t on_strand = is_reverse ? length_ - 2 - query_end + span : query_end;
  const std::uint64_t target = place & 0xffffffff00000000u, position = (place & 0xffffffffu) >> 1;
  return {.x = (is_reverse ? reverse_bit : 0) | target | position,
          .y = (seed.is_tandem ? std::uint64_t{MM_SEED_TANDEM} : 0) | std::uint64_t{seed.seg_id} << MM_SEED_SEG_SHIFT |
               static_cast<std::uint64_t>(span) << 32 | static_cast<std::uint64_t>(on_strand)};
}

}  // namespace anneal::map
