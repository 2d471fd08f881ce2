// Where an adapter is, letter by letter.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace anneal::reads {

inline std::size_t find_plainly(std::string_view read, std::string_view adapter, double rate, std::size_t overlap) {
  for (std::size_t at = 0; at < read.size(); ++at) {
    const std::size_t compared = std::min(adapter.size(), read.size() - at);
    std::size_t others = 0;
    for (std::size_t k = 0; k < compared; ++k) {
      const int letter = std::toupper(adapter[k]);
      others += letter != 'N' && letter != std::toupper(read[at + k]) ? 1 : 0;
    }
    if (compared >= overlap && static_cast<double>(others) <= rate * static_cast<double>(compared) + 1e-9) return at;
  }
  return read.size();
}

}  // namespace anneal::reads
