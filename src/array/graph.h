// The nodes that a node's values are computed from.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "array/node.h"

namespace anneal::array {

/// Numbers nodes from 0, in the order in which they were added.
class NodeNumbers {
 public:
  void clear();
  std::uint32_t add(const Node& node);
  /// `none` where it was not added.
  std::uint32_t find(const Node& node) const;
  static constexpr std::uint32_t none = ~std::uint32_t{0};

 private:
  std::vector<const Node*> nodes_;
  std::unordered_map<const Node*, std::uint32_t> numbers_;  // where there are many
};

/// One pass over memory: nodes of as many elements as the root's, which are computed tile by tile, and what they read.
struct Graph {
  struct Entry {
    const Node* node;
    const Values* values;  ///< where they are known, else null
    const Node* constant;  ///< what is read as one value whatever its shape, the node or what it casts; else null
    std::vector<std::shared_ptr<Node>> inputs;  ///< none where values are known

    bool is_leaf() const { return values != nullptr || constant != nullptr; }
  };
  std::vector<Entry> entries;  ///< inputs before their users; where the root is a reduction, without it
  NodeNumbers numbers;         ///< of entries

  /// Lets go of all nodes.
  void clear();
};

/// The number of elements. Throws Error(invalid_argument) where it is beyond 64 bits.
std::int64_t elements_of(const Shape& shape);

/// Replaces what is in `graph`; known values are those in `memory` (null: the host's), to which they are copied where
/// they are elsewhere. Returns the nodes below whose values must be there before: reductions, and nodes that
/// are broadcast, because each of their elements would be computed again and again; inputs before their users. Where
/// there are any, `graph` is incomplete, and is to be gathered again when they have values.
std::vector<std::shared_ptr<Node>> gather(const Node& root, Graph& graph, gpu::Gpu* memory = nullptr);

}  // namespace anneal::array
