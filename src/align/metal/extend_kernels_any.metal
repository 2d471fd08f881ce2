#include "align/metal/extend_kernel.metal"

ANNEAL_EXTEND_ANY(ANNEAL_EXTEND_KERNEL)
ANNEAL_EXTEND_ROWS
