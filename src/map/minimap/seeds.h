// Where minimizers of a fragment are in the genome.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "map/minimap/index.h"
#include "map/minimap/pool.h"

namespace anneal::map {

/// Mates, or one read, one after the other and all in the genome's direction of the fragment.
using Segments = std::span<const std::string_view>;

class Seeds {
 public:
  /// Finds the minimizers of the segments. All must live while this does.
  Seeds(const MapIndex::Impl& index, const Pool& pool, Segments segments);
  ~Seeds();
  Seeds(const Seeds&) = delete;
  Seeds& operator=(const Seeds&) = delete;

  /// Looks minimizers up that occur at most so often, or more where there is nothing better, as minimap2 does. Sorts
  /// them by strand, target and position.
  void look_up(int most_occurrences);

  std::int64_t anchor_count() const { return anchor_count_; }
  mm128_t* release_anchors() { return anchors_.release(); }  ///< the pool's
  int repeat_length() const { return repeat_length_; }
  const std::uint64_t* used_minimizers() const { return used_.get(); }
  int used_count() const { return used_count_; }

 private:
  void sketch();
  mm128_t anchor(const mm_seed_t& seed, std::uint64_t place) const;

  const MapIndex::Impl& index_;
  const Pool& pool_;
  Segments segments_;
  int length_ = 0;
  mm128_v minimizers_ = {0, 0, nullptr};
  Pooled<mm128_t> anchors_;
  Pooled<std::uint64_t> used_;
  std::int64_t anchor_count_ = 0;
  int repeat_length_ = 0;
  int used_count_ = 0;
};

}  // namespace anneal::map
