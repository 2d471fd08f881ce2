// The texts of the kernels that sort: order_kernels.h says what they do. Before them, Key, Place, THREADS and ITEMS are
// defined.
#pragma once

namespace anneal::array::gpu {

/// Macros: the merge path of two runs (Odeh et al., "Merge Path", 2012), and the thread's part of merging them.
extern const char* const merging_text;
extern const char* const sort_text;           ///< macros: a tile of segments, sorted
extern const char* const sort_elements_text;  ///< the kernel sort_elements
extern const char* const sort_again_text;     ///< the kernel sort_again
extern const char* const merge_text;          ///< the kernel merge_runs
extern const char* const take_text;           ///< the value of those below
extern const char* const take_elements_text;  ///< the kernel take_elements
extern const char* const take_places_text;    ///< the kernel take_places

}  // namespace anneal::array::gpu
