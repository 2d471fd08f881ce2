// Pairs to measure engines with: random, but the same everywhere.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"

namespace anneal::align {

/// Letters without bias that matters; std::mt19937 is the same everywhere, the standard distributions are not.
class SampleLetters {
 public:
  /// Nucleotides, or the 20 amino acids.
  SampleLetters(Alphabet alphabet, std::uint32_t seed);

  std::string random(std::size_t length);
  /// `length` letters of `original` from `begin` on, some of them replaced, left out or followed by another one: one in
  /// 25 for nucleotides, one in 4 for proteins. Where it ends, random ones follow.
  std::string related(std::string_view original, std::size_t begin, std::size_t length);

 private:
  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  char letter() { return letters_[below(letters_.size())]; }

  std::string_view letters_;
  std::uint32_t rate_;
  std::mt19937 random_;
};

struct SampleShape {
  Alphabet alphabet = Alphabet::dna;
  std::size_t pairs = 1;
  std::size_t query_length = 0;
  std::size_t target_length = 0;
  bool one_query = false;  ///< with unrelated targets, as in a search
};

/// Queries that come from somewhere in their targets.
class SamplePairs {
 public:
  /// No more than `distinct` of them differ; the others repeat these in turns.
  SamplePairs(const SampleShape& shape, std::size_t distinct, std::uint32_t seed = 1);

  /// The first `pairs` of them; h0 is 20 in Mode::extend. Borrows from this object.
  PairBatch batch(std::size_t pairs, Mode mode) const;

 private:
  bool one_query_;
  std::vector<std::string> queries_;
  std::vector<std::string> targets_;
  std::vector<std::string_view> query_views_;
  std::vector<std::string_view> target_views_;
};

}  // namespace anneal::align
