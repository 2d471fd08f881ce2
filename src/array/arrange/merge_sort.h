// A stable sort that brings its memory along: std::stable_sort asks for its own at every call.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

namespace anneal::array::arrange {

template <class T, class Less>
void insertion_sort(T* first, T* last, const Less& less) {
  for (T* next = first; next != last; ++next) {
    const T value = *next;
    T* place = next;
    for (; place != first && less(value, place[-1]); --place) *place = place[-1];
    *place = value;
  }
}

/// `scratch` has room for as many.
template <class T, class Less>
void merge_sort(T* values, T* scratch, std::size_t count, const Less& less) {
  constexpr std::size_t first_run = 16;
  for (std::size_t k = 0; k < count; k += first_run) {
    insertion_sort(values + k, values + std::min(count, k + first_run), less);
  }
  T* from = values;
  T* to = scratch;
  for (std::size_t run = first_run; run < count; run *= 2) {
    for (std::size_t k = 0; k < count; k += 2 * run) {
      const std::size_t middle = std::min(count, k + run);
      const std::size_t last = std::min(count, k + 2 * run);
      std::merge(from + k, from + middle, from + middle, from + last, to + k, less);
    }
    std::swap(from, to);
  }
  if (from != values) std::copy_n(from, count, values);
}

}  // namespace anneal::array::arrange
