#include "map/minimap/chain_links.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>

#include "map/minimap/sort_pairs.h"

namespace anneal::map {
namespace {

std::int32_t query_end(const mm128_t& anchor) { return static_cast<std::int32_t>(anchor.y); }
std::int32_t span_of(const mm128_t& anchor) { return static_cast<std::int32_t>(anchor.y >> 32 & 0xff); }
std::uint64_t place_of(const mm128_t& anchor) { return anchor.x >> 32; }
bool is_same_segment(const mm128_t& one, const mm128_t& other) { return ((one.y ^ other.y) & MM_SEED_SEG_MASK) == 0; }

// What an anchor adds to the best chain that ends in an earlier one; nothing where they are too far apart.
std::optional<std::int32_t> gain(const mm128_t& later, const mm128_t& earlier, const ChainLimits& limits) {
  const std::int32_t rows = query_end(later) - query_end(earlier);
  if (rows <= 0 || rows > limits.longest_target_gap) return std::nullopt;
  const auto columns = static_cast<std::int32_t>(later.x - earlier.x);
  const std::int32_t shift = std::abs(columns - rows), step = std::min(columns, rows);
  const bool same_segment = is_same_segment(later, earlier);
  if (same_segment) {
    if (columns == 0 || rows > limits.longest_query_gap || shift > limits.band) return std::nullopt;
    if (limits.segments > 1 && columns > limits.longest_query_gap) return std::nullopt;
  }
  const std::int32_t span = span_of(earlier), letters = std::min(span, step);
  if (shift == 0 && step <= span) return letters;
  if (!same_segment && columns == 0) return letters + 1;  // mates that overlap
  const float linear = limits.gap_penalty * static_cast<float>(shift) + limits.skip_penalty * static_cast<float>(step);
  const float logarithmic = shift == 0 ? 0.0F : mg_log2(static_cast<float>(shift + 1));
  const float penalty = same_segment ? linear + .5F * logarithmic : std::min(linear, logarithmic);
  return letters - static_cast<std::int32_t>(penalty);
}

class Chainer {
 public:
  Chainer(const Pool& pool, mm128_t* anchors, std::int64_t count, const ChainLimits& limits)
      : pool_(pool), memory_(pool, anchors), anchors_(anchors, static_cast<std::size_t>(count)), limits_(limits),
        links_(pool, anchors_.size()), members_(pool, anchors_.size()), chains_(pool, anchors_.size()) {
    limits_.longest_target_gap = std::max(limits_.longest_target_gap, limits_.band);
    limits_.longest_query_gap = std::max(limits_.longest_query_gap, limits_.band);
  }

  ChainSet run() {
    link();
    find_chains();
    return chains_.empty() ? ChainSet{} : sorted_chains();
  }

 private:
  struct Link {
    std::int32_t score;   // of the best chain that ends here
    std::int32_t before;  // its last anchor but this one, or none
    std::int32_t mark;    // the anchor for which a better one than this was seen; then whether a chain has it
    std::int32_t peak;    // the best score at the same place so far
  };
  struct Chain {
    std::int32_t score, first, count;  // of members_, the last anchor first
  };
  static constexpr std::int32_t none = -1;

  template <typename T>
  T* allocate(std::size_t count) const {
    return static_cast<T*>(kmalloc(pool_.get(), count * sizeof(T)));
  }

  const mm128_t& anchor(std::int32_t i) const { return anchors_[static_cast<std::size_t>(i)]; }
  Link& at(std::int32_t i) { return links_[static_cast<std::size_t>(i)]; }
  const Link& at(std::int32_t i) const { return links_[static_cast<std::size_t>(i)]; }
  std::int32_t size() const { return static_cast<std::int32_t>(anchors_.size()); }

  bool is_far(std::int32_t i, std::int32_t earlier) const {
    return anchor(i).x - anchor(earlier).x > static_cast<std::uint64_t>(limits_.longest_target_gap);
  }

  void link() {
    std::int32_t first = 0, best = none;  // in reach
    for (std::int32_t i = 0; i < size(); ++i) {
      while (first < i && (place_of(anchor(i)) != place_of(anchor(first)) || is_far(i, first))) ++first;
      first = std::max(first, i - limits_.most_steps);
      links_.push_back({.score = span_of(anchor(i)), .before = none, .mark = 0, .peak = 0});
      const std::int32_t stopped_at = try_neighbours(i, first);
      if (best == none || is_far(i, best)) best = best_between(first, i);
      if (best != none && best < stopped_at) try_link(i, best);
      if (best == none || (!is_far(i, best) && at(best).score < at(i).score)) best = i;
      const bool is_new_place = i == 0 || place_of(anchor(i)) != place_of(anchor(i - 1));
      at(i).peak = is_new_place ? at(i).score : std::max(at(i).score, at(i - 1).peak);
      longest_span_ = std::max(longest_span_, span_of(anchor(i)));
    }
  }

  // From the nearest one on, until many in a row are part of chains that were better. Returns which one was the last,
  // or less where none before it can be better: an anchor adds no more letters than it spans.
  std::int32_t try_neighbours(std::int32_t i, std::int32_t first) {
    int skips = 0;
    for (std::int32_t j = i - 1; j >= first; --j) {
      const std::optional<std::int32_t> gained = gain(anchor(i), anchor(j), limits_);
      if (gained) {
        const std::int32_t score = at(j).score + *gained;
        if (score > at(i).score) {
          at(i).score = score;
          at(i).before = j;
          skips = std::max(skips - 1, 0);
        } else if (at(j).mark == i && ++skips > limits_.most_skips) {
          return j;
        }
        if (at(j).before != none) at(at(j).before).mark = i;
      }
      if (j > first && at(j - 1).peak + longest_span_ <= at(i).score) return none;
    }
    return first - 1;
  }

  std::int32_t best_between(std::int32_t first, std::int32_t end) const {
    std::int32_t best = none;
    for (std::int32_t j = end - 1; j >= first; --j) {
      if (best == none || at(j).score > at(best).score) best = j;
    }
    return best;
  }

  void try_link(std::int32_t i, std::int32_t before) {
    const std::optional<std::int32_t> gained = gain(anchor(i), anchor(before), limits_);
    if (!gained || at(before).score + *gained <= at(i).score) return;
    at(i).score = at(before).score + *gained;
    at(i).before = before;
  }

  // From the best end on; an anchor is in one chain at most.
  void find_chains() {
    PooledList<mm128_t> ends(pool_, anchors_.size());
    for (std::int32_t i = 0; i < size(); ++i) {
      at(i).mark = 0;
      if (at(i).score < limits_.min_score) continue;
      ends.push_back({.x = static_cast<std::uint64_t>(at(i).score), .y = static_cast<std::uint64_t>(i)});
    }
    sort_pairs(ends.span());
    for (std::size_t k = ends.size(); k-- > 0;) {
      if (at(static_cast<std::int32_t>(ends[k].y)).mark == 0) take_chain(static_cast<std::int32_t>(ends[k].y));
    }
  }

  void take_chain(std::int32_t last) {
    const std::int32_t behind = begin_of(last), first = static_cast<std::int32_t>(members_.size());
    for (std::int32_t i = last; i != behind; i = at(i).before) {
      members_.push_back(i);
      at(i).mark = 1;
    }
    const std::int32_t score = at(last).score - (behind == none ? 0 : at(behind).score);
    const std::int32_t count = static_cast<std::int32_t>(members_.size()) - first;
    if (score >= limits_.min_score && count > 0 && count >= limits_.min_anchors) {
      chains_.push_back({score, first, count});
    } else {
      members_.shrink(static_cast<std::size_t>(first));
    }
  }

  // The anchor behind which the best part of the chain begins, as far as scores do not fall by more than the band.
  std::int32_t begin_of(std::int32_t last) const {
    std::int32_t behind = last, best = 0, i = last;
    do {
      i = at(i).before;
      const std::int32_t score = at(last).score - (i == none ? 0 : at(i).score);
      if (score > best) {
        best = score;
        behind = i;
      } else if (best - score > limits_.band) {
        break;
      }
    } while (i != none && at(i).mark == 0);
    return behind;
  }

  // By their first anchors.
  ChainSet sorted_chains() {
    PooledList<mm128_t> order(pool_, chains_.size());
    for (std::size_t k = 0; k < chains_.size(); ++k) {
      const auto first_anchor = static_cast<std::size_t>(chains_[k].first + chains_[k].count - 1);
      order.push_back({.x = anchor(members_[first_anchor]).x, .y = k});
    }
    sort_pairs(order.span());
    ChainSet set{.anchors = allocate<mm128_t>(members_.size()),
                 .chains = allocate<std::uint64_t>(chains_.size()),
                 .count = static_cast<int>(chains_.size())};
    mm128_t* next = set.anchors;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const Chain& chain = chains_[order[k].y];
      set.chains[k] = static_cast<std::uint64_t>(chain.score) << 32 | static_cast<std::uint32_t>(chain.count);
      for (std::int32_t m = chain.count; m-- > 0;)
        *next++ = anchor(members_[static_cast<std::size_t>(chain.first + m)]);
    }
    return set;
  }

  const Pool& pool_;
  Pooled<mm128_t> memory_;
  std::span<const mm128_t> anchors_;
  ChainLimits limits_;
  PooledList<Link> links_;
  PooledList<std::int32_t> members_;
  PooledList<Chain> chains_;
  std::int32_t longest_span_ = 0;
};

}  // namespace

ChainSet chain_anchors(const Pool& pool, mm128_t* anchors, std::int64_t anchor_count, const ChainLimits& limits) {
  if (anchor_count == 0) {
    kfree(pool.get(), anchors);
    return {};
  }
  return Chainer(pool, anchors, anchor_count, limits).run();
}

}  // namespace anneal::map
