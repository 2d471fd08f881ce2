// How the work of a search is divided. Results do not depend on it.
#pragma once

#include <cstdint>

namespace anneal::search::cuda {

struct Tuning {
  std::int32_t most_rows = 144;        ///< of strips that lie above or below others: 64 or more, a multiple of 16
  std::int64_t long_letters = 0;       ///< targets with more are cut or relayed; 0: as the device suggests
  int relay_warps = 8;                 ///< at most, 1 to 8
  std::uint64_t border_bytes = 0;      ///< for all borders; 0: as much as the device's memory allows
  int slices = 3;                      ///< of the targets that are not long, at least
  int first_share = 75;                ///< percent of the letters in the first of three slices
  int second_share = 15;               ///< and in the second
  int most_percent = 90;               ///< of the letters that a group of lanes has on average, where those are long
  bool bytes_first = true;             ///< a query that is alone is scored in 8 bits first
  std::uint32_t queries_at_once = 64;  ///< at most
};

}  // namespace anneal::search::cuda
