// Pairs of DNA with random paths.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "unit/io/sample_pair.h"

namespace anneal::test {

class RandomPaths {
 public:
  explicit RandomPaths(std::uint32_t seed) : random_(seed) {}

  /// A pair named q<number> and t<number>, of either strand, with qualities or without.
  SamplePair next(int number);

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string letters(std::size_t count);
  char letter_but(char letter);
  void take(SamplePair& pair, CigarOp op, std::size_t& position);

  std::mt19937 random_;
};

}  // namespace anneal::test
