#include "map/minimap/genome_sketch.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>

#include "anneal/error.h"
#include "map/minimap/pool.h"

namespace anneal::map {
namespace {

// Letters of one target. Few enough that a repeat or an N spoils the faster sketch (sketch.h) of little of the genome,
// and many beside those around it that are looked at twice.
struct Chunk {
  static constexpr std::size_t most_letters = 1 << 14;

  std::uint32_t target;
  std::size_t begin, end;
};

std::vector<Chunk> chunks_of(const Genome& genome, std::size_t letters) {
  std::vector<Chunk> chunks;
  for (std::uint32_t target = 0; target < genome.sequences.size(); ++target) {
    const std::size_t length = genome.sequences[target].size();
    for (std::size_t begin = 0; begin < length;) {
      const std::size_t end = begin + std::min(letters, length - begin);
      chunks.push_back({.target = target, .begin = begin, .end = end});
      begin = end;
    }
  }
  return chunks;
}

// Minimizers, bucket by bucket.
struct Sorted {
  std::vector<mm128_t> minimizers;
  std::vector<std::uint32_t> ends;  // of each bucket in them

  std::span<const mm128_t> bucket(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::span(minimizers).subspan(begin, ends[i] - begin);
  }
};

class GenomeSketch {
 public:
  GenomeSketch(const Genome& genome, const SketchOptions& options, int bits)
      : genome_(genome), options_(options), buckets_(std::size_t{1} << bits) {}

  // So many chunks at a time that what they give is little beside what all buckets hold.
  MinimizerBuckets run(const RunControl& control) {
    constexpr std::size_t chunks_per_task = 64, tasks_at_once = 64;
    const std::vector<Chunk> chunks = chunks_of(genome_, letters_per_chunk());
    std::span<const Chunk> left = chunks;
    const std::uint64_t all_letters = letters_of(left);
    std::uint64_t done = 0;
    while (!left.empty()) {
      if (control.stop.stop_requested()) throw Error(ErrorCode::cancelled, "the index of the genome was cancelled");
      const std::span<const Chunk> now = left.first(std::min(left.size(), chunks_per_task * tasks_at_once));
      left = left.subspan(now.size());
      std::vector<Sorted> parts((now.size() + chunks_per_task - 1) / chunks_per_task);
      tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) {
        const std::size_t begin = i * chunks_per_task;
        parts[i] = sketch_chunks(now.subspan(begin, std::min(chunks_per_task, now.size() - begin)));
      });
      append(parts);
      done += letters_of(now);
      if (control.progress) control.progress(done, all_letters);
    }
    return std::move(buckets_);
  }

 private:
  static std::uint64_t letters_of(std::span<const Chunk> chunks) {
    std::uint64_t letters = 0;
    for (const Chunk& chunk : chunks) letters += chunk.end - chunk.begin;
    return letters;
  }

  // Windows count k-mers, of which not all are places where k is even or runs of a letter count as one: it cannot be
  // told then how far what is before a chunk matters.
  std::size_t letters_per_chunk() const {
    const bool can_cut = options_.k % 2 != 0 && !options_.is_compressed;
    return can_cut ? Chunk::most_letters : std::numeric_limits<std::size_t>::max();
  }

  Sorted sketch_chunks(std::span<const Chunk> chunks) const {
    const Pool pool;
    std::vector<mm128_t> minimizers;
    for (const Chunk& chunk : chunks) sketch_chunk(pool, chunk, minimizers);
    Sorted sorted;
    sorted.ends.assign(buckets_.size(), 0);
    for (const mm128_t& minimizer : minimizers) ++sorted.ends[bucket_of(minimizer)];
    std::exclusive_scan(sorted.ends.begin(), sorted.ends.end(), sorted.ends.begin(), 0U);
    sorted.minimizers.resize(minimizers.size());
    for (const mm128_t& minimizer : minimizers) sorted.minimizers[sorted.ends[bucket_of(minimizer)]++] = minimizer;
    return sorted;
  }

  // What is taken at a place depends on the k-mers of the windows around it alone.
  void sketch_chunk(const Pool& pool, const Chunk& chunk, std::vector<mm128_t>& minimizers) const {
    const auto around = static_cast<std::size_t>(2 * (options_.window + options_.k));
    const std::string_view letters = genome_.sequences[chunk.target];
    const std::size_t begin = chunk.begin - std::min(chunk.begin, around);
    mm128_v found{0, 0, nullptr};
    append_minimizers(pool, letters.substr(begin, chunk.end - begin + around), options_, chunk.target, found);
    const Pooled<mm128_t> memory(pool, found.a);
    for (mm128_t minimizer : std::span(found.a, found.n)) {
      minimizer.y += std::uint64_t{begin} << 1;
      const std::size_t place = (minimizer.y & 0xffffffff) >> 1;
      if (place >= chunk.begin && place < chunk.end) minimizers.push_back(minimizer);
    }
  }

  std::size_t bucket_of(const mm128_t& minimizer) const { return minimizer.x >> 8 & (buckets_.size() - 1); }

  void append(const std::vector<Sorted>& parts) {
    constexpr std::size_t at_once = 64;
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, buckets_.size(), at_once), [&](const auto& range) {
      for (std::size_t i = range.begin(); i != range.end(); ++i) {
        for (const Sorted& part : parts) {
          const std::span<const mm128_t> from = part.bucket(i);
          buckets_[i].insert(buckets_[i].end(), from.begin(), from.end());
        }
      }
    });
  }

  const Genome& genome_;
  SketchOptions options_;
  MinimizerBuckets buckets_;
};

}  // namespace

MinimizerBuckets sketch_genome(const Genome& genome, const SketchOptions& options, int bits,
                               const RunControl& control) {
  return GenomeSketch(genome, options, bits).run(control);
}

}  // namespace anneal::map
