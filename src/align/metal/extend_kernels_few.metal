#include "align/metal/extend_kernel.metal"

ANNEAL_EXTEND_FEW(ANNEAL_EXTEND_KERNEL)
