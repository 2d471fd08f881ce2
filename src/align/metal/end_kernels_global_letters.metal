#define ANNEAL_SCORES ByLetters
#include "align/metal/end_kernel.metal"

ANNEAL_GLOBAL_LETTER_ENDS(ANNEAL_END_KERNEL)
