// Highway's settings. Include before <hwy/highway.h>, everywhere: the set of targets must be the same in every file.
#pragma once

// Highway 1.0 leaves AVX3_DL out of runtime dispatch unless asked.
#ifndef HWY_WANT_AVX3_DL
#define HWY_WANT_AVX3_DL
#endif

// Every processor of the last fifteen years has SSE4; SSSE3 would only add to the size of the program. SVE's vectors
// have no size that the compiler knows, so they cannot be members of the kernels' state; processors with SVE run NEON.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
