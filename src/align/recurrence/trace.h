// What a cell of the trace matrix says. Row i and column j of the dynamic programme hold
//
//   H(i,j) = max(H(i-1,j-1) + score(i,j), E(i,j), F(i,j))      the best alignment that ends here
//   E(i,j) = max(H(i,j-1) - open, E(i,j-1)) - extend           ... with target letter j deleted
//   F(i,j) = max(H(i-1,j) - open, F(i-1,j)) - extend           ... with query letter i inserted
//
// The first term wins a tie in each, E wins over F: this order is part of the contract. Where gaps have two pieces, E2
// and F2 are as E and F with the second's prices, and come after them. GapPlacement::rightmost turns the order round:
// the last term wins a tie.
#pragma once

#include <cstdint>

namespace anneal::align {

enum TraceBit : std::uint8_t {
  trace_diagonal = 1,                 ///< H(i,j) comes from the diagonal
  trace_deletion = 2,                 ///< else it comes from E or E2 (set) or F or F2 (clear)
  trace_opens_deletion = 4,           ///< E(i,j+1) opens a gap at H(i,j)
  trace_opens_insertion = 8,          ///< F(i+1,j) opens a gap at H(i,j)
  trace_second_gap = 16,              ///< where it comes from a gap: from E2 or F2
  trace_opens_second_deletion = 32,   ///< E2(i,j+1) opens a gap at H(i,j)
  trace_opens_second_insertion = 64,  ///< F2(i+1,j) opens a gap at H(i,j)
};

}  // namespace anneal::align
