#include "array/gpu/parts.h"

#include <unordered_map>

namespace anneal::array::gpu {
namespace {

// Makes the nodes of a part.
class Cloner {
 public:
  Cloner(const Graph& graph, const Node& root, const Part& part)
      : graph_(graph), part_(part), axes_(graph.entries.back().node->shape.size()) {
    note_owners(root.inputs);
    for (const Graph::Entry& entry : graph.entries) note_owners(entry.inputs);
  }

  std::shared_ptr<Node> clone() {
    std::vector<std::shared_ptr<Node>> made;
    for (const Graph::Entry& entry : graph_.entries) {
      if (!is_cut(entry.node->shape) || entry.constant != nullptr) {
        made.push_back(entry.is_leaf() ? owners_.at(entry.node) : operation(entry, made));
      } else {
        made.push_back(entry.values != nullptr ? leaf(*entry.values) : operation(entry, made));
      }
    }
    return made.back();
  }

 private:
  void note_owners(const std::vector<std::shared_ptr<Node>>& nodes) {
    for (const auto& node : nodes) owners_.emplace(node.get(), node);
  }

  // The part's axis of an array of that shape; negative where it lacks it.
  std::ptrdiff_t axis_of(const Shape& shape) const {
    return part_.axis - static_cast<std::ptrdiff_t>(axes_ - shape.size());
  }
  bool is_cut(const Shape& shape) const {
    return axis_of(shape) >= 0 && shape[static_cast<std::size_t>(axis_of(shape))] != 1;
  }

  Shape cut(Shape shape) const {
    if (is_cut(shape)) shape[static_cast<std::size_t>(axis_of(shape))] = part_.last - part_.first;
    return shape;
  }

  std::shared_ptr<Node> leaf(const Values& whole) const {
    auto node = std::make_shared<Node>();
    Values values = whole;
    const auto axis = static_cast<std::size_t>(axis_of(whole.elements.shape));
    values.elements.data +=
        part_.first * whole.elements.strides[axis] * static_cast<std::int64_t>(size_of(whole.elements.dtype));
    values.elements.shape = cut(whole.elements.shape);
    node->dtype = whole.elements.dtype;
    node->shape = values.elements.shape;
    node->add_values(std::move(values));
    return node;
  }

  std::shared_ptr<Node> operation(const Graph::Entry& entry, const std::vector<std::shared_ptr<Node>>& made) const {
    auto node = std::make_shared<Node>();
    node->kind = entry.node->kind;
    node->dtype = entry.node->dtype;
    node->op = entry.node->op;
    node->shape = cut(entry.node->shape);
    for (const auto& input : entry.inputs) node->inputs.push_back(made[graph_.numbers.find(*input)]);
    return node;
  }

  const Graph& graph_;
  const Part& part_;
  std::size_t axes_;
  std::unordered_map<const Node*, std::shared_ptr<Node>> owners_;
};

}  // namespace

std::shared_ptr<Node> part_of(const Graph& graph, const Node& root, const Part& part) {
  return Cloner(graph, root, part).clone();
}

}  // namespace anneal::array::gpu
