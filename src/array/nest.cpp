#include "array/nest.h"

#include <algorithm>
#include <cstdlib>

namespace anneal::array {

namespace {

void swap_axes(std::size_t a, std::size_t b, std::size_t leaves, Nest& nest) {
  std::swap(nest.axes[a], nest.axes[b]);
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    std::int64_t* strides = nest.strides.data() + leaf * nest.axes.size();
    std::swap(strides[a], strides[b]);
  }
}

// Whether axis b should be outside of axis a.
bool belong_swapped(std::size_t a, std::size_t b, std::size_t leaves, const Nest& nest) {
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    const std::int64_t stride_a = std::abs(nest.strides_of(leaf)[a]);
    const std::int64_t stride_b = std::abs(nest.strides_of(leaf)[b]);
    if (stride_a != 0 && stride_b != 0 && stride_a != stride_b) return stride_a < stride_b;
  }
  return false;
}

bool can_join(std::size_t outer, std::size_t inner, std::size_t leaves, const Nest& nest) {
  if (nest.axes[outer].is_reduced != nest.axes[inner].is_reduced) return false;
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    const std::int64_t* strides = nest.strides_of(leaf);
    if (strides[outer] != strides[inner] * nest.axes[inner].size) return false;
  }
  return true;
}

}  // namespace

std::int64_t Nest::run_length() const {
  std::int64_t length = 1;
  for (std::size_t k = outer_axes(); k < axes.size(); ++k) length *= axes[k].size;
  return length;
}

std::int64_t Nest::outer_length(bool is_reduced) const {
  std::int64_t length = 1;
  for (std::size_t k = 0; k < outer_axes(); ++k) {
    if (axes[k].is_reduced == is_reduced) length *= axes[k].size;
  }
  return length;
}

Nest::Access Nest::access(std::size_t leaf) const {
  const std::int64_t* own = strides_of(leaf);
  bool is_splat = true;
  bool is_in_place = true;
  std::int64_t next = 1;
  for (std::size_t k = axes.size(); k-- > outer_axes();) {
    is_splat = is_splat && own[k] == 0;
    is_in_place = is_in_place && own[k] == next;
    next *= axes[k].size;
  }
  if (is_in_place) return Access::in_place;  // a single element is both
  return is_splat ? Access::splat : Access::gather;
}

void make_nest(const Shape& shape, const std::vector<std::int64_t>& strides, std::size_t leaves,
               const std::vector<int>& reduced, Nest& nest) {
  nest.axes.clear();
  nest.strides.clear();
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const int axis = static_cast<int>(k);
    if (shape[k] != 1) nest.axes.push_back({shape[k], axis, std::ranges::binary_search(reduced, axis)});
  }
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    for (const Nest::Axis& axis : nest.axes) {
      nest.strides.push_back(strides[leaf * shape.size() + static_cast<std::size_t>(axis.origin)]);
    }
  }
  nest.run_axes = nest.axes.size();
}

void sort_axes(std::size_t leaves, Nest& nest) {
  // By insertion: the order is not a total one where leaves disagree.
  for (std::size_t k = 1; k < nest.axes.size(); ++k) {
    for (std::size_t place = k; place > 0 && belong_swapped(place - 1, place, leaves, nest); --place) {
      swap_axes(place - 1, place, leaves, nest);
    }
  }
}

void join_axes(std::size_t leaves, Nest& nest) {
  const std::size_t before = nest.axes.size();
  std::size_t kept = 0;
  thread_local std::vector<std::size_t> last;  // of each axis that stays, the innermost that joined it
  last.clear();
  for (std::size_t k = 0; k < before; ++k) {
    if (k > 0 && can_join(k - 1, k, leaves, nest)) {
      nest.axes[kept - 1].size *= nest.axes[k].size;
      nest.axes[kept - 1].origin = nest.axes[k].origin;
      last[kept - 1] = k;
    } else {
      // can_join() looks at the axes' own sizes, so an axis moves only after it was compared.
      last.push_back(k);
      nest.axes[kept++] = nest.axes[k];
    }
  }
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    for (std::size_t k = 0; k < kept; ++k) nest.strides[leaf * kept + k] = nest.strides[leaf * before + last[k]];
  }
  nest.axes.resize(kept);
  nest.strides.resize(leaves * kept);
  nest.run_axes = kept;
}

}  // namespace anneal::array
