// Highway's settings. Include before <hwy/highway.h>, everywhere: the set of targets must be the same in every file.
#pragma once

// Highway 1.0 leaves AVX3_DL out of runtime dispatch unless asked.
#ifndef HWY_WANT_AVX3_DL
#define HWY_WANT_AVX3_DL
#endif

// Every processor of the last fifteen years has SSE4, and every one with SVE2 has NEON, whose kernels keep more in
// registers at the same width (align/cpu/held-inl.h): SSSE3 and SVE2_128 would only add to the size of the program.
#ifdef ANNEAL_FEW_TARGETS
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_SVE2_128 | HWY_AVX3 | HWY_AVX3_DL)
#else
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE2_128)
#endif

/// Targets whose vectors have no size that the compiler knows.
#define ANNEAL_SVE_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256)
