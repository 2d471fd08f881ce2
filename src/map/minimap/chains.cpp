#include "map/minimap/chains.h"

#include <algorithm>
#include <string>

#include "map/minimap/chain_links.h"
#include "map/minimap/sort_pairs.h"

namespace anneal::map {
namespace {

class ChainFinder {
 public:
  ChainFinder(const MapIndex::Impl& index, Pool& pool, Segments segments, int longest_fragment)
      : index_(*index.minimizers), parameters_(index.parameters), options_(index.parameters.mapping), pool_(pool),
        segments_(segments), longest_fragment_(longest_fragment > 0 ? longest_fragment : options_.max_frag_len),
        seeds_(index, pool, segments), anchors_(pool, nullptr), chains_(pool, nullptr) {
    for (std::size_t i = 0; i < segments.size(); ++i) length_ += lengths_[i] = static_cast<int>(segments[i].size());
  }

  Fragment find(std::string_view name) {
    seeds_.look_up(options_.mid_occ);
    chain(options_.bw, (options_.flag & MM_F_RMQ) != 0);
    if (wants_long_joins()) {
      rechain_widely();
    } else if (options_.max_occ > options_.mid_occ && seeds_.repeat_length() > 0 && !has_all_segments()) {
      seeds_.look_up(options_.max_occ);
      chain(options_.bw, false);
    }
    Fragment fragment = select(hash_of(name));
    fragment.repeat_length = seeds_.repeat_length();
    return fragment;
  }

 private:
  int count() const { return static_cast<int>(segments_.size()); }

  int longest_query_gap() const {
    return parameters_.is_short() ? std::max(length_, options_.max_gap) : options_.max_gap;
  }
  int longest_target_gap() const {
    if (options_.max_gap_ref > 0) return options_.max_gap_ref;
    return longest_fragment_ > 0 ? std::max(longest_fragment_ - length_, options_.max_gap) : options_.max_gap;
  }

  void chain(int band, bool by_tree) { chain(seeds_.release_anchors(), seeds_.anchor_count(), band, by_tree); }

  // Takes the anchors over; those that are in chains are kept.
  void chain(mm128_t* anchors, std::int64_t anchor_count, int band, bool by_tree) {
    const ChainSet found = by_tree ? chain_by_tree(anchors, anchor_count, band)
                                   : chain_anchors(pool_, anchors, anchor_count, limits(band));
    anchors_.reset(found.anchors);
    chains_.reset(found.chains);
    chain_count_ = found.count;
  }

  ChainLimits limits(int band) const {
    const auto k = static_cast<float>(index_.k);
    return {.longest_target_gap = longest_target_gap(),
            .longest_query_gap = longest_query_gap(),
            .band = band,
            .most_skips = options_.max_chain_skip,
            .most_steps = options_.max_chain_iter,
            .min_anchors = options_.min_cnt,
            .min_score = options_.min_chain_score,
            .gap_penalty = options_.chain_gap_scale * 0.01F * k,
            .skip_penalty = options_.chain_skip_scale * 0.01F * k,
            .segments = count()};
  }

  ChainSet chain_by_tree(mm128_t* anchors, std::int64_t anchor_count, int band) {
    const ChainLimits some = limits(band);
    ChainSet found;
    found.anchors = mg_lchain_rmq(options_.max_gap, options_.rmq_inner_dist, band, some.most_skips,
                                  options_.rmq_size_cap, some.min_anchors, some.min_score, some.gap_penalty,
                                  some.skip_penalty, anchor_count, anchors, &found.count, &found.chains, pool_.get());
    return found;
  }

  static int anchors_in(std::uint64_t chain) { return static_cast<std::int32_t>(chain & 0xffffffffu); }

  // Whether chains may belong together over a long gap.
  bool wants_long_joins() const {
    if (options_.bw_long <= options_.bw || parameters_.is_short() || count() != 1 || chain_count_ <= 1) return false;
    const auto query_position = [&](int anchor) { return static_cast<std::int32_t>(anchors_.get()[anchor].y); };
    const int covered = query_position(anchors_in(chains_.get()[0]) - 1) - query_position(0);
    return length_ - covered > options_.rmq_rescue_size ||
           static_cast<float>(covered) > static_cast<float>(length_) * options_.rmq_rescue_ratio;
  }

  void rechain_widely() {
    std::int64_t kept = 0;
    for (int i = 0; i < chain_count_; ++i) kept += anchors_in(chains_.get()[i]);
    sort_pairs({anchors_.get(), static_cast<std::size_t>(kept)});
    chain(anchors_.release(), kept, options_.bw_long, true);
  }

  // Of the best chain.
  bool has_all_segments() const {
    if (chain_count_ == 0) return false;
    int best = 0, best_first = 0, first = 0;
    for (int i = 0; i < chain_count_; ++i) {
      if (chains_.get()[i] >> 32 > chains_.get()[best] >> 32) {
        best = i;
        best_first = first;
      }
      first += anchors_in(chains_.get()[i]);
    }
    int changes = 0;
    for (int i = 1; i < anchors_in(chains_.get()[best]); ++i) {
      const mm128_t* const anchor = anchors_.get() + best_first + i;
      changes += ((anchor[0].y ^ anchor[-1].y) & MM_SEED_SEG_MASK) != 0;
    }
    return changes + 1 >= count();
  }

  std::uint32_t hash_of(std::string_view name) const {
    std::uint32_t hash = __ac_X31_hash_string(std::string(name).c_str());
    hash ^= __ac_Wang_hash(static_cast<khint_t>(length_)) + __ac_Wang_hash(static_cast<khint_t>(options_.seed));
    return __ac_Wang_hash(hash);
  }

  void set_parents(Hits& hits) const {
    mm_set_parent(pool_.get(), options_.mask_level, options_.mask_len, *hits.count(), hits.data(),
                  options_.a * 2 + options_.b, (options_.flag & MM_F_HARD_MLEVEL) != 0, options_.alt_drop);
  }

  Fragment select(std::uint32_t hash) {
    Hits hits(mm_gen_regs(pool_.get(), hash, length_, chain_count_, chains_.get(), anchors_.get(), 0), chain_count_,
              {});
    set_parents(hits);
    const int min_difference = index_.k * 2;
    if (count() == 1) {
      mm_select_sub(pool_.get(), options_.pri_ratio, min_difference, options_.best_n, 1,
                    static_cast<int>(options_.max_gap * 0.8), hits.count(), hits.data());
    } else {
      mm_select_sub_multi(pool_.get(), options_.pri_ratio, 0.2F, 0.7F, longest_target_gap(), min_difference,
                          options_.best_n, count(), lengths_.data(), hits.count(), hits.data());
    }
    if (!parameters_.is_short()) drop_poor_strands(hits);
    return count() == 1 ? whole(std::move(hits)) : split(hash, hits);
  }

  void drop_poor_strands(Hits& hits) {
    mm_est_err(&index_, length_, *hits.count(), hits.data(), anchors_.get(), seeds_.used_count(),
               seeds_.used_minimizers());
    *hits.count() = mm_filter_strand_retained(*hits.count(), hits.data());
  }

  // Only the anchors that hits have.
  void keep_anchors(Hits& hits, mm128_t* anchors) const {
    if (*hits.count() == 0) return;
    const int kept = mm_squeeze_a(pool_.get(), *hits.count(), hits.data(), anchors);
    hits.anchors().assign(anchors, anchors + kept);
  }

  Fragment whole(Hits hits) {
    keep_anchors(hits, anchors_.get());
    Fragment fragment;
    fragment.hits[0] = std::move(hits);
    return fragment;
  }

  // Chains of a fragment into those of its segments.
  Fragment split(std::uint32_t hash, const Hits& hits) {
    int counts[2] = {};
    mm_reg1_t* records[2] = {};
    mm_seg_t* const parts =
        mm_seg_gen(pool_.get(), hash, count(), lengths_.data(), static_cast<int>(hits.records().size()),
                   hits.records().data(), counts, records, anchors_.get());
    Fragment fragment;
    for (std::size_t i = 0; i < 2; ++i) {
      fragment.hits[i] = Hits(records[i], counts[i], {});
      set_parents(fragment.hits[i]);
      keep_anchors(fragment.hits[i], parts[i].a);
    }
    mm_seg_free(pool_.get(), count(), parts);
    return fragment;
  }

  const mm_idx_t& index_;
  const Parameters& parameters_;
  const mm_mapopt_t& options_;
  Pool& pool_;
  Segments segments_;
  int longest_fragment_;
  std::array<int, 2> lengths_ = {};
  int length_ = 0;
  Seeds seeds_;
  Pooled<mm128_t> anchors_;       // of all chains, one after the other
  Pooled<std::uint64_t> chains_;  // score << 32 | anchors
  int chain_count_ = 0;
};

}  // namespace

Fragment find_chains(const MapIndex::Impl& index, Pool& pool, std::string_view name, Segments segments,
                     int longest_fragment) {
  Fragment fragment = ChainFinder(index, pool, segments, longest_fragment).find(name);
  pool.trim();
  return fragment;
}

}  // namespace anneal::map
