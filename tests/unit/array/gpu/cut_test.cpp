#include "array/gpu/cut.h"

#include <gtest/gtest.h>

#include "unit/array/cpu/make_nodes.h"

namespace anneal::array::gpu {
namespace {

using cpu::NodePointer;
using cpu::op_node;
using cpu::values_node;

NodePointer leaf() { return values_node(std::vector<float>(3), DType::f32); }

std::size_t cuts_of(const Node& root, const KernelLimits& limits) {
  Graph graph;
  EXPECT_TRUE(gather(root, graph).empty());
  return cuts(graph, limits).size();
}

TEST(ArrayGpuCut, ChainsAreCutWhereTheyAreFull) {
  NodePointer node = leaf();
  for (int k = 0; k < 100; ++k) node = op_node(Op::negative, {node});
  EXPECT_EQ(cuts_of(*node, {.operations = 100, .leaves = 3}), 0u);
  EXPECT_EQ(cuts_of(*node, {.operations = 99, .leaves = 3}), 1u);
  EXPECT_EQ(cuts_of(*node, {.operations = 10, .leaves = 3}), 9u);
}

TEST(ArrayGpuCut, SharedNodesCountOnce) {
  NodePointer node = leaf();
  for (int k = 0; k < 50; ++k) node = op_node(Op::add, {node, node});
  EXPECT_EQ(cuts_of(*node, {.operations = 50, .leaves = 3}), 0u);
}

TEST(ArrayGpuCut, LeavesAreCounted) {
  NodePointer node = leaf();
  for (int k = 1; k < 12; ++k) node = op_node(Op::add, {node, leaf()});
  EXPECT_EQ(cuts_of(*node, {.operations = 100, .leaves = 12}), 0u);
  EXPECT_EQ(cuts_of(*node, {.operations = 100, .leaves = 11}), 1u);
  EXPECT_EQ(cuts_of(*node, {.operations = 100, .leaves = 3}), 5u);
}

TEST(ArrayGpuCut, ThereIsAlwaysPlaceForOneOperation) {
  for (std::size_t axes = 0; axes < 100; ++axes) {
    const KernelLimits limits = limits_for(axes);
    EXPECT_GE(limits.leaves, 3u);
    EXPECT_LE(limits.leaves, 29u);
  }
}

}  // namespace
}  // namespace anneal::array::gpu
