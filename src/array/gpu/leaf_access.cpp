// How leaves can be read.
#include <algorithm>
#include <cstdlib>

#include "array/gpu/leaf_texts.h"

namespace anneal::array::gpu {
namespace {

constexpr std::size_t load_bytes = 16;

const Strided& elements_of_leaf(const Chain& chain, std::size_t leaf) { return chain.leaves[leaf]->elements; }

bool are_multiples(const Nest& nest, std::size_t leaf, std::size_t axes, int chunk) {
  return std::all_of(nest.strides_of(leaf), nest.strides_of(leaf) + axes,
                     [chunk](std::int64_t stride) { return stride % chunk == 0; });
}

bool can_load_chunks(const Chain& chain, const Nest& nest, const Nest* others, std::size_t leaf, int chunk) {
  const Strided& elements = elements_of_leaf(chain, leaf);
  const std::size_t bytes = std::min(load_bytes, static_cast<std::size_t>(chunk) * size_of(elements.dtype));
  if (reinterpret_cast<std::uintptr_t>(elements.data) % bytes != 0) return false;
  if (others != nullptr && !are_multiples(*others, leaf, others->axes.size(), chunk)) return false;
  return are_multiples(nest, leaf, nest.axes.size() - 1, chunk);
}

bool is_contiguous(const Nest& nest, std::size_t leaf) { return nest.strides_of(leaf)[nest.axes.size() - 1] == 1; }

std::int64_t reach(const Nest& nest, std::size_t leaf) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < nest.axes.size(); ++k) sum += std::abs(nest.strides_of(leaf)[k]) * nest.axes[k].size;
  return sum;
}

}  // namespace

void add_axis_if_none(Nest& nest, std::size_t leaves) {
  if (!nest.axes.empty()) return;
  nest.axes.push_back({1, 0, false});
  nest.strides.assign(leaves, 0);
  nest.run_axes = 1;
}

void add_broadcast_strides(const Strided& elements, const Shape& shape, std::vector<std::int64_t>& strides) {
  const std::size_t lacking = shape.size() - elements.shape.size();
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const bool has_axis = k >= lacking && elements.shape[k - lacking] != 1;
    strides.push_back(has_axis ? elements.strides[k - lacking] : 0);
  }
}

bool chunks_fit(const Nest& nest, int chunk) { return nest.axes.size() == 1 || nest.axes.back().size % chunk == 0; }

Access access_of(const Chain& chain, const Nest& nest, const Nest* others, int chunk) {
  Access access;
  access.chunk = chunk;
  const bool is_fit = chunks_fit(nest, chunk);  // else, other axes change within a chunk
  for (std::size_t leaf = 0; leaf < chain.leaves.size(); ++leaf) {
    Access::Kind kind = Access::Kind::each;
    if (is_fit && nest.strides_of(leaf)[nest.axes.size() - 1] == 0) {
      kind = Access::Kind::one;
    } else if (is_fit && chunk > 1 && is_contiguous(nest, leaf) && can_load_chunks(chain, nest, others, leaf, chunk)) {
      kind = Access::Kind::chunk;
    }
    access.kinds.push_back(kind);
  }
  return access;
}

int best_chunk(const Chain& chain, const Nest& nest, const Nest* others, std::size_t result_size) {
  std::size_t largest = result_size;
  for (std::size_t leaf = 0; leaf < chain.leaves.size(); ++leaf) {
    if (is_contiguous(nest, leaf)) largest = std::max(largest, size_of(elements_of_leaf(chain, leaf).dtype));
  }
  int chunk = static_cast<int>(load_bytes / largest);
  const auto is_good = [&] {
    if (!chunks_fit(nest, chunk)) return false;
    for (std::size_t leaf = 0; leaf < chain.leaves.size(); ++leaf) {
      if (is_contiguous(nest, leaf) && !can_load_chunks(chain, nest, others, leaf, chunk)) return false;
    }
    return true;
  };
  while (chunk > 1 && !is_good()) chunk /= 2;
  return chunk;
}

std::int64_t elements_in_front(const Nest& nest, const Nest* others, std::size_t leaf) {
  std::int64_t count = others != nullptr ? elements_in_front(*others, nullptr, leaf) : 0;
  for (std::size_t k = 0; k < nest.axes.size(); ++k) {
    count += std::max<std::int64_t>(-nest.strides_of(leaf)[k], 0) * (nest.axes[k].size - 1);
  }
  return count;
}

std::vector<const std::byte*> addresses(const Chain& chain, const Nest& nest, const Nest* others) {
  std::vector<const std::byte*> result;
  for (std::size_t leaf = 0; leaf < chain.leaves.size(); ++leaf) {
    const Strided& elements = elements_of_leaf(chain, leaf);
    result.push_back(elements.data -
                     elements_in_front(nest, others, leaf) * static_cast<std::int64_t>(size_of(elements.dtype)));
  }
  return result;
}

bool is_wide(const Chain& chain, std::int64_t elements, const Nest& nest, const Nest* others) {
  constexpr std::int64_t many = std::int64_t{1} << 30;
  std::int64_t farthest = elements;
  for (std::size_t leaf = 0; leaf < chain.leaves.size(); ++leaf) {
    farthest = std::max(farthest, reach(nest, leaf) + (others != nullptr ? reach(*others, leaf) : 0));
  }
  return farthest >= many;
}

int unroll_of(const Access& access) {
  const auto loads = std::ranges::count_if(access.kinds, [](Access::Kind kind) { return kind != Access::Kind::one; });
  return loads <= 1 ? 4 : loads <= 4 ? 2 : 1;
}

}  // namespace anneal::array::gpu
