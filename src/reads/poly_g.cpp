#include "reads/poly_g.h"

namespace anneal::reads {

std::size_t trim_poly_g(std::string_view sequence, std::size_t least) {
  constexpr std::size_t most_others = 5, letters_per_other = 8;
  std::size_t passed = 0, others = 0;
  std::size_t begin = sequence.size();
  while (passed < sequence.size()) {
    const std::size_t position = sequence.size() - 1 - passed;
    const bool is_g = (sequence[position] | 0x20) == 'g';
    others += is_g ? 0 : 1;
    const bool counts = passed + 1 >= least;
    if (others > most_others || (counts && others > (passed + 1) / letters_per_other)) break;
    if (is_g) begin = position;
    ++passed;
  }
  return passed >= least ? begin : sequence.size();
}

}  // namespace anneal::reads
