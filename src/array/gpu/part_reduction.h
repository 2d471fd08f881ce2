// What parts of a node give, put together in the host's memory.
#pragma once

#include <memory>

#include "array/dense.h"
#include "array/gpu/gpu.h"
#include "array/gpu/parts.h"
#include "array/node.h"

namespace anneal::array::gpu {

class PartialResults {
 public:
  /// `axis`: that of what `node` is computed from that is cut and stays, or -1: one that is reduced is cut.
  PartialResults(const Node& node, int axis, std::int64_t parts);

  /// Evaluates the next part; `input` is that of what the node is, or of what it reduces.
  void add(std::shared_ptr<Node> input, const Part& part, Gpu& gpu);
  Values finish(Gpu& gpu);

 private:
  void add_kept(std::shared_ptr<Node> input, const Part& part, Gpu& gpu);
  void add_reduced(const std::shared_ptr<Node>& input, const Part& part, Gpu& gpu);
  void add_places(const std::shared_ptr<Node>& input, const Part& part, Gpu& gpu);
  void choose_places(Gpu& gpu);

  const Node& node_;
  int axis_;  ///< of the result, or -1
  std::int64_t next_ = 0;
  Dense result_;
  Dense
      partial_;  ///< of each part, in the type in which they are reduced further: their values, where places are sought
  Dense places_;  ///< of each part
};

}  // namespace anneal::array::gpu
