// Unrelated sequences, the same on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "search/statistics/background.h"

namespace anneal::search {

class RandomSequences {
 public:
  /// Of letters as frequent as in `letters`, of which there must be one.
  RandomSequences(const std::vector<BackgroundLetter>& letters, std::uint32_t seed);

  /// So many letters of sequences, encoded.
  std::string next(std::size_t length);

 private:
  std::vector<char> codes_;  ///< each letter as often as its weight says
  std::mt19937 random_;      ///< the same everywhere; the standard distributions are not
};

}  // namespace anneal::search
