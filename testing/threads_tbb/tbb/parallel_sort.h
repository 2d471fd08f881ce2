#pragma once

#include <algorithm>

namespace tbb {

template <typename Iterator, typename Less>
void parallel_sort(Iterator first, Iterator last, const Less& less) {
  std::sort(first, last, less);
}

}  // namespace tbb
