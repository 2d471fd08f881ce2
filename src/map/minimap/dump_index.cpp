#include "map/minimap/dump_index.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "map/minimap/index_tables.h"

namespace anneal::map {
namespace {

class Loader {
 public:
  explicit Loader(const DumpParts& parts) : parts_(parts) {}

  OwnedIndex load() {
    make();
    load_buckets();
    load_codes();
    if (is_damaged_ || (parts_.minimizer_count == 0 && has_run())) return nullptr;
    return std::move(index_);
  }

 private:
  void make() {
    const DumpHeader& header = parts_.header;
    mm_idxopt_t options{};
    options.w = static_cast<short>(header.window);
    options.k = static_cast<short>(header.letters);
    options.bucket_bits = static_cast<short>(header.bucket_bits);
    options.flag = static_cast<short>(header.flags);
    index_ = allocate_index(options, parts_.targets);
  }

  void load_buckets() {
    constexpr std::size_t at_once = 64;
    IndexBucket* const buckets = IndexBucket::all_of(*index_);
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, parts_.buckets.size(), at_once), [&](const auto& range) {
      for (std::size_t i = range.begin(); i != range.end() && !is_damaged_; ++i) {
        if (!load_bucket(parts_.buckets[i], buckets[i])) is_damaged_ = true;
      }
    });
  }

  bool load_bucket(const DumpBucket& from, IndexBucket& to) const {
    to.places = allocate<std::uint64_t>(from.places.size());
    to.place_count = static_cast<std::int32_t>(from.places.size());
    from.places.bytes.copy(reinterpret_cast<char*>(to.places), from.places.bytes.size());
    if (from.minimizers.size() == 0) return true;
    to.table = allocate_zeros<IndexTable>(1);
    to.table->reserve(static_cast<std::uint32_t>(from.minimizers.size()));
    for (std::uint64_t i = 0; i < from.minimizers.size(); ++i) {
      const DumpMinimizer minimizer = from.minimizers[i];
      const bool is_once = (minimizer.key & 1) != 0;
      if (is_once ? !is_place(minimizer.value) : !are_places(from.places, minimizer.value)) return false;
      if (!to.table->insert(minimizer.key, minimizer.value)) return false;
    }
    return true;
  }

  // In order, as chaining wants them.
  bool are_places(const DumpArray<std::uint64_t>& places, std::uint64_t value) const {
    const std::uint64_t begin = value >> 32, count = value & 0xffffffff;
    if (count == 0 || begin > places.size() || count > places.size() - begin) return false;
    for (std::uint64_t i = begin, last = 0; i < begin + count; ++i) {
      const std::uint64_t place = places[i];
      if (place < last || !is_place(place)) return false;
      last = place;
    }
    return true;
  }

  // Target, the last letter's position, and the strand.
  bool is_place(std::uint64_t place) const {
    const std::uint64_t target = place >> 32, position = (place & 0xffffffff) >> 1;
    return target < parts_.targets.size() && position < parts_.targets[target].length &&
           position + 1 >= parts_.header.letters;
  }

  // Codes of four bits, of which 4 is the largest.
  void load_codes() {
    constexpr std::size_t at_once = 1 << 16;
    index_->S = allocate<std::uint32_t>(parts_.codes.size());
    tbb::parallel_for(tbb::blocked_range<std::uint64_t>(0, parts_.codes.size(), at_once), [&](const auto& range) {
      constexpr std::uint32_t ones = 0x11111111;
      std::uint32_t above = 0;
      for (std::uint64_t i = range.begin(); i != range.end(); ++i) {
        const std::uint32_t word = parts_.codes[i];
        above |= word >> 3 | (word >> 2 & (word | word >> 1));
        index_->S[i] = word;
      }
      if ((above & ones) != 0) is_damaged_ = true;
    });
  }

  // minimap2 wants a minimizer where there is room for one.
  bool has_run() const {
    for (const mm_idx_seq_t* target = index_->seq; target != index_->seq + index_->n_seq; ++target) {
      std::uint32_t run = 0;
      for (std::uint64_t i = target->offset; i < target->offset + target->len; ++i) {
        run = mm_seq4_get(index_->S, i) < 4 ? run + 1 : 0;
        if (run == parts_.header.letters) return true;
      }
    }
    return false;
  }

  const DumpParts& parts_;
  OwnedIndex index_;
  std::atomic<bool> is_damaged_ = false;
};

}  // namespace

OwnedIndex index_of(const DumpParts& parts) { return Loader(parts).load(); }

}  // namespace anneal::map
