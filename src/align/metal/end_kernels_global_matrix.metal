#define ANNEAL_SCORES ByMatrix
#include "align/metal/end_kernel.metal"

ANNEAL_GLOBAL_MATRIX_ENDS(ANNEAL_END_KERNEL)
