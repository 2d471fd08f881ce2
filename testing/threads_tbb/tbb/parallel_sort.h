#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "tbb/parallel_for.h"

namespace tbb {

template <typename Iterator, typename Less>
void parallel_sort(Iterator first, Iterator last, const Less& less) {
  constexpr std::size_t part = 256;
  const auto count = static_cast<std::size_t>(std::distance(first, last));
  const auto place = [&](std::size_t parts) {
    return first + static_cast<std::ptrdiff_t>(std::min(parts * part, count));
  };
  const std::size_t parts = (count + part - 1) / part;
  parallel_for(std::size_t{0}, parts, [&](std::size_t k) { std::sort(place(k), place(k + 1), less); });
  std::sort(first, last, less);
}

}  // namespace tbb
