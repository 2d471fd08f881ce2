#include "map/minimap/build_index.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "map/minimap/genome_sketch.h"
#include "map/minimap/index_tables.h"

namespace anneal::map {
namespace {

class IndexBuilder {
 public:
  IndexBuilder(Genome genome, const mm_idxopt_t& options)
      : genome_(std::move(genome)), options_(options), index_(make(options)) {}

  OwnedIndex build(const RunControl& control) {
    pack_letters();
    const SketchOptions sketch{.window = options_.w, .k = options_.k, .is_compressed = (options_.flag & MM_I_HPC) != 0};
    MinimizerBuckets minimizers = sketch_genome(genome_, sketch, options_.bucket_bits, control);
    genome_ = {};
    fill_tables(minimizers);
    return std::move(index_);
  }

 private:
  OwnedIndex make(const mm_idxopt_t& options) const {
    std::vector<IndexTarget> targets;
    targets.reserve(genome_.names.size());
    for (std::size_t i = 0; i < genome_.names.size(); ++i) {
      targets.push_back({.name = genome_.names[i], .length = static_cast<std::uint32_t>(genome_.sequences[i].size())});
    }
    return allocate_index(options, targets);
  }

  void pack_letters() {
    constexpr std::uint64_t letters_per_word = 8, at_once = 1 << 14;
    const mm_idx_seq_t& last = index_->seq[index_->n_seq - 1];
    const std::uint64_t letters = last.offset + last.len, words = (letters + letters_per_word - 1) / letters_per_word;
    index_->S = allocate_zeros<std::uint32_t>(words);
    tbb::parallel_for(tbb::blocked_range<std::uint64_t>(0, words, at_once), [&](const auto& range) {
      pack(range.begin() * letters_per_word, std::min(range.end() * letters_per_word, letters));
    });
  }

  // Letters begin..end-1 of the genome.
  void pack(std::uint64_t begin, std::uint64_t end) {
    const std::span targets(index_->seq, index_->n_seq);
    const auto behind = std::ranges::upper_bound(targets, begin, {}, &mm_idx_seq_t::offset);
    for (auto target = static_cast<std::size_t>(behind - targets.begin()) - 1; begin < end; ++target) {
      const mm_idx_seq_t& sequence = targets[target];
      const std::string_view letters = genome_.sequences[target];
      for (const std::uint64_t stop = std::min(end, sequence.offset + sequence.len); begin < stop; ++begin) {
        const std::uint8_t code = seq_nt4_table[static_cast<unsigned char>(letters[begin - sequence.offset])];
        mm_seq4_set(index_->S, begin, code);
      }
    }
  }

  void fill_tables(MinimizerBuckets& from) {
    constexpr std::size_t at_once = 64;
    IndexBucket* const buckets = IndexBucket::all_of(*index_);
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, from.size(), at_once), [&](const auto& range) {
      for (std::size_t i = range.begin(); i != range.end(); ++i) {
        std::vector<mm128_t> minimizers = std::move(from[i]);
        if (!minimizers.empty()) fill(buckets[i], minimizers);
      }
    });
  }

  void fill(IndexBucket& bucket, std::vector<mm128_t>& minimizers) const {
    const auto hash = [](const mm128_t& minimizer) { return minimizer.x >> 8; };
    std::ranges::sort(minimizers, {},
                      [&](const mm128_t& minimizer) { return std::pair(hash(minimizer), minimizer.y); });
    const auto same = [&](const mm128_t& a, const mm128_t& b) { return hash(a) == hash(b); };
    std::uint32_t keys = 0;
    std::uint64_t places = 0;
    for_each_run(minimizers, same, [&](std::span<const mm128_t> run) {
      ++keys;
      if (run.size() > 1) places += run.size();
    });
    bucket.table = allocate_zeros<IndexTable>(1);
    bucket.table->reserve(keys);
    bucket.places = allocate<std::uint64_t>(places);
    for_each_run(minimizers, same, [&](std::span<const mm128_t> run) { put(bucket, run); });
  }

  template <typename Same, typename Visit>
  static void for_each_run(std::span<const mm128_t> minimizers, const Same& same, const Visit& visit) {
    for (auto begin = minimizers.begin(); begin != minimizers.end();) {
      const auto end =
          std::find_if_not(begin, minimizers.end(), [&](const mm128_t& other) { return same(*begin, other); });
      visit(std::span(begin, end));
      begin = end;
    }
  }

  // Places of one minimizer.
  void put(IndexBucket& bucket, std::span<const mm128_t> run) const {
    const std::uint64_t key = run.front().x >> 8 >> index_->b << 1;
    if (run.size() == 1) {
      bucket.table->insert(key | 1, run.front().y);
      return;
    }
    bucket.table->insert(key, static_cast<std::uint64_t>(bucket.place_count) << 32 | run.size());
    for (const mm128_t& minimizer : run) bucket.places[bucket.place_count++] = minimizer.y;
  }

  Genome genome_;
  mm_idxopt_t options_;
  OwnedIndex index_;
};

}  // namespace

OwnedIndex build_index(Genome genome, const mm_idxopt_t& options, const RunControl& control) {
  return IndexBuilder(std::move(genome), options).build(control);
}

}  // namespace anneal::map
