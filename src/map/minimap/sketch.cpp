#include "map/minimap/sketch.h"

#include <algorithm>
#include <limits>
#include <span>

namespace anneal::map {
namespace {

// 4: no letter of DNA.
std::uint8_t code_of(char letter) { return seq_nt4_table[static_cast<unsigned char>(letter)]; }

// Thomas Wang's hash of 64 bits, of so many bits as the mask has.
std::uint64_t hash_of(std::uint64_t key, std::uint64_t mask) {
  key = ((key << 21) - key - 1) & mask;
  key ^= key >> 24;
  key = (key + (key << 3) + (key << 8)) & mask;
  key ^= key >> 14;
  key = (key + (key << 2) + (key << 4)) & mask;
  key ^= key >> 28;
  return (key + (key << 31)) & mask;
}

// Of letters of DNA alone, with k odd, so that no k-mer is its own reverse complement. All hashes first, since that
// goes in vectors.
class Sketch {
 public:
  Sketch(const Pool& pool, std::string_view letters, const SketchOptions& options)
      : letters_(letters), k_(static_cast<std::size_t>(options.k)), count_(letters.size() - k_ + 1),
        window_(std::min(static_cast<std::size_t>(options.window), count_)), hash_memory_(pool, allocate(pool)),
        hashes_(hash_memory_.get(), count_), chosen_(hash_memory_.get() + count_, count_) {}

  // False where the least one of a window is there twice, which is rare. Of the first window, minimap2 looks at those
  // before the last one, too.
  bool choose() {
    hash_all();
    if (window_ > 1 && least_of(0, window_ - 1) == none) return false;
    if (!take(least_of(0, window_))) return false;
    for (std::size_t newest = window_; newest < count_; ++newest) {
      const std::size_t first = newest + 1 - window_;
      if (hashes_[newest] > hashes_[last_]) {
        if (last_ < first && !take(least_of(first, newest + 1))) return false;
      } else {
        if (hashes_[newest] == hashes_[last_]) return false;
        take(newest);
      }
    }
    return true;
  }

  void append_to(const Pool& pool, std::uint32_t segment, mm128_v& minimizers) const {
    reserve(pool, minimizers.n + chosen_count_, minimizers);
    for (const std::uint64_t begin : chosen_.first(chosen_count_)) {
      minimizers.a[minimizers.n++] = {
          .x = hashes_[begin] << 8 | k_,
          .y = std::uint64_t{segment} << 32 | (begin + k_ - 1) << 1 | std::uint64_t{is_reverse(begin)}};
    }
  }

 private:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  bool take(std::size_t begin) {
    if (begin == none) return false;
    last_ = chosen_[chosen_count_++] = begin;
    return true;
  }

  std::uint64_t* allocate(const Pool& pool) const {
    return static_cast<std::uint64_t*>(kmalloc(pool.get(), 2 * count_ * sizeof(std::uint64_t)));
  }

  static void reserve(const Pool& pool, std::size_t count, mm128_v& minimizers) {
    if (count <= minimizers.m) return;
    minimizers.m = count;
    minimizers.a = static_cast<mm128_t*>(krealloc(pool.get(), minimizers.a, count * sizeof(mm128_t)));
  }

  void hash_all() {
    const std::uint64_t mask = (std::uint64_t{1} << 2 * k_) - 1;
    const std::size_t top = 2 * (k_ - 1);
    std::uint64_t forward = 0, reverse = 0;
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      const std::uint64_t code = code_of(letters_[i]);
      forward = (forward << 2 | code) & mask;
      reverse = reverse >> 2 | (3 - code) << top;
      if (i + 1 >= k_) hashes_[i + 1 - k_] = std::min(forward, reverse);
    }
    for (std::uint64_t& hash : hashes_) hash = hash_of(hash, mask);
  }

  // Which strand's k-mer is the lesser one: the first letter that differs decides.
  bool is_reverse(std::size_t begin) const {
    for (std::size_t i = 0; i < k_; ++i) {
      const std::uint8_t forward = code_of(letters_[begin + i]);
      const auto reverse = static_cast<std::uint8_t>(3 - code_of(letters_[begin + k_ - 1 - i]));
      if (forward != reverse) return forward > reverse;
    }
    return false;
  }

  // None where there are two.
  std::size_t least_of(std::size_t begin, std::size_t end) const {
    std::size_t least = begin;
    bool is_only = true;
    for (std::size_t i = begin + 1; i < end; ++i) {
      is_only = hashes_[i] < hashes_[least] || (is_only && hashes_[i] != hashes_[least]);
      least = hashes_[i] < hashes_[least] ? i : least;
    }
    return is_only ? least : none;
  }

  std::string_view letters_;
  std::size_t k_, count_, window_;
  Pooled<std::uint64_t> hash_memory_;
  std::span<std::uint64_t> hashes_;  // of the k-mers by where they begin
  std::span<std::uint64_t> chosen_;
  std::size_t chosen_count_ = 0, last_ = 0;
};

bool is_dna(std::string_view letters) {
  return std::ranges::all_of(letters, [](char letter) { return code_of(letter) < 4; });
}

}  // namespace

void append_minimizers(const Pool& pool, std::string_view letters, const SketchOptions& options, std::uint32_t segment,
                       mm128_v& minimizers) {
  const bool is_usual = !options.is_compressed && options.k % 2 != 0;
  if (is_usual && letters.size() >= static_cast<std::size_t>(options.k) && is_dna(letters)) {
    Sketch sketch(pool, letters, options);
    if (sketch.choose()) return sketch.append_to(pool, segment, minimizers);
  }
  mm_sketch(pool.get(), letters.data(), static_cast<int>(letters.size()), options.window, options.k, segment,
            options.is_compressed ? 1 : 0, &minimizers);
}

}  // namespace anneal::map
