#include "map/minimap/select.h"

namespace anneal::map {

void select_alignments(const MapIndex::Impl& index, const Pool& pool, int length, int repeat_length, Hits& hits) {
  const mm_mapopt_t& options = index.parameters.mapping;
  const bool is_short = index.parameters.is_short();
  mm_filter_regs(&options, length, hits.count(), hits.data());
  if (!is_short && length >= options.rank_min_len) {
    mm_update_dp_max(length, *hits.count(), hits.data(), options.rank_frac, options.a, options.b);
    mm_filter_regs(&options, length, hits.count(), hits.data());
  }
  mm_hit_sort(pool.get(), hits.count(), hits.data(), options.alt_drop);
  mm_set_parent(pool.get(), options.mask_level, options.mask_len, *hits.count(), hits.data(), options.a * 2 + options.b,
                (options.flag & MM_F_HARD_MLEVEL) != 0, options.alt_drop);
  mm_select_sub(pool.get(), options.pri_ratio, index.minimizers->k * 2, options.best_n, 0,
                static_cast<int>(options.max_gap * 0.8), hits.count(), hits.data());
  mm_set_sam_pri(*hits.count(), hits.data());
  mm_set_mapq(pool.get(), *hits.count(), hits.data(), options.min_chain_score, options.a, repeat_length, is_short);
}

}  // namespace anneal::map
