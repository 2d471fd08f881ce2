#define ANNEAL_SCORES ByLetters
#include "align/metal/end_kernel.metal"

ANNEAL_LOCAL_LETTER_ENDS(ANNEAL_END_KERNEL)
