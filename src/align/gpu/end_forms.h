// How kernels that find ends store scores, for the host and for the kernels' sources: FORM(name, parts, local, unit,
// bias, keeps_row), the template arguments of a recurrence::Form.
//
//   dusty        scores up to some 230, and low costs only; leaves undecided where some pairs end
//   medium       scores up to some 980
//   tall         16 bits, all for the score: a row that the letters do not tell takes a second pass over its strip
//   wide         one alignment in 32 bits
//   global_pair  16 bits, for alignments that are not local
//   global_wide  the same in 32 bits
#pragma once

#define ANNEAL_END_FORMS(FORM)                   \
  FORM(dusty, 2, true, 256, 16, false)           \
  FORM(medium, 2, true, 64, 32, true)            \
  FORM(tall, 2, true, 1, 256, false)             \
  FORM(wide, 1, true, 64, 1u << 17, true)        \
  FORM(global_pair, 2, false, 1, 0x9000u, false) \
  FORM(global_wide, 1, false, 1, 0x80000000u, false)
