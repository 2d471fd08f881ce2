#define ANNEAL_SCORES ByLetters
#include "align/metal/path_kernel.metal"

ANNEAL_LETTER_PATHS(ANNEAL_PATH_KERNEL)
