// The leaves of a program.
#include <cstring>

#include "array/cpu/program.h"

namespace anneal::array::cpu {

namespace {

constexpr std::size_t index_of(DType dtype) { return static_cast<std::size_t>(dtype); }

bool is_float(DType dtype) { return dtype >= DType::f16; }

// The constant as `wanted` rounds it, in the type that registers have.
std::int64_t constant_bytes(const Node& constant, DType wanted, const TileKernels& kernels) {
  // Kernels may write behind the element.
  alignas(tile_alignment) std::byte from[2 * tile_alignment] = {};
  alignas(tile_alignment) std::byte to[2 * tile_alignment] = {};
  DType dtype = DType::i64;
  if (is_float(constant.dtype)) {
    dtype = DType::f64;
    std::memcpy(from, &constant.constant, sizeof constant.constant);
  } else {
    const std::int64_t value = constant.dtype == DType::boolean
                                   ? constant.integer_constant != 0 || constant.constant != 0
                                   : constant.integer_constant;
    std::memcpy(from, &value, sizeof value);
  }
  for (const DType next : {constant.dtype, wanted, computed(wanted)}) {
    if (next == dtype) continue;
    kernels.casts[index_of(dtype)][index_of(next)](to, from, 1);
    std::memcpy(from, to, size_of(next));
    dtype = next;
  }
  std::int64_t bytes = 0;
  std::memcpy(&bytes, from, size_of(dtype));
  return bytes;
}

void broadcast_strides(const Strided* elements, const Shape& shape, std::vector<std::int64_t>& strides) {
  const std::size_t own = elements ? elements->shape.size() : 0;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t from_end = shape.size() - k;
    const bool has_axis = elements != nullptr && from_end <= own && elements->shape[own - from_end] != 1;
    strides.push_back(has_axis ? elements->strides[own - from_end] : 0);
  }
}

}  // namespace

void add_leaves(const Graph& graph, const Shape& shape, const TileKernels& kernels, Program& program,
                std::vector<std::int64_t>& strides) {
  program.leaves.clear();
  strides.clear();
  for (const Graph::Entry& entry : graph.entries) {
    const DType dtype = entry.node->dtype;
    if (entry.values) {
      program.leaves.push_back({entry.values->elements.data, dtype, 0, entry.values->owner});
      broadcast_strides(&entry.values->elements, shape, strides);
    } else if (entry.constant) {
      program.leaves.push_back({nullptr, computed(dtype), constant_bytes(*entry.constant, dtype, kernels), nullptr});
      broadcast_strides(nullptr, shape, strides);
    }
  }
}

}  // namespace anneal::array::cpu
