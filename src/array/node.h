// What an Array is: values, or how they are computed from those of others.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "anneal/array.h"
#include "array/op.h"
#include "array/strided.h"

namespace anneal::array {

enum class NodeKind : std::uint8_t {
  values,       ///< computed, or given
  constant,     ///< one value for all elements
  elementwise,  ///< `op` of the inputs, whose shapes are broadcast to this one's
  cast,         ///< of the only input, to another dtype
  reduction,    ///< of the only input, over `axes`
};

/// Inputs have the dtypes that the operation wants: those of an elementwise one have all the same, but Op::where's
/// condition is boolean; it is a cast's task to make them so. So the result's dtype is the inputs', but for
/// comparisons, casts, any, all, first_minimum and first_maximum (i64).
class Node {
 public:
  Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  /// Of a long chain of nodes in a loop, not in as many nested calls.
  ~Node();

  NodeKind kind = NodeKind::values;
  DType dtype = DType::f32;
  Shape shape;

  Op op = Op::add;
  Reduction reduction = Reduction::sum;
  std::vector<int> axes;   ///< ascending, at least 0; of first_minimum and first_maximum one, or all
  bool keep_axes = false;  ///< axes that were reduced stay in `shape`, with size 1
  /// Once others have the node, inputs_if_unknown() is how to read them.
  std::vector<std::shared_ptr<Node>> inputs;

  double constant = 0;                ///< as the dtype has it: rounded, of integers too
  std::int64_t integer_constant = 0;  ///< of integers and booleans: `constant` might round it
  bool is_weak = false;               ///< a constant whose dtype yields to others: see Array(double)

  /// Computes the values, if they are not known, and leaves them where they are computed. Thread-safe.
  void compute();
  /// The values in the host's memory, or in that of a GPU: computed at the first call, after which `inputs` are no
  /// longer held, and copied where they are elsewhere. Valid as long as the node. Thread-safe.
  const Values& values(gpu::Gpu* memory = nullptr);
  /// Once for each memory that they are in, and before anybody else has the node.
  void add_values(Values values);
  /// Of values that are known: a copy in another memory, unless there is one. Thread-safe.
  void keep_copy(const Values& copy);
  /// The values in that memory, if they are known; copies them where they are elsewhere. Does not wait for another
  /// thread that computes them.
  const Values* values_if_known(gpu::Gpu* memory = nullptr) const;
  /// The values in all memories that they are in; computes them.
  std::vector<Values> copies();
  bool is_known() const { return is_known_.load(std::memory_order_acquire); }
  /// Whether the values are known, and are in that memory.
  bool is_in(const gpu::Gpu* memory) const;
  /// The inputs, if the values are not there; else none. As other threads may compute the values at any time, ask for
  /// these first, and for values_if_known() where there are none.
  std::vector<std::shared_ptr<Node>> inputs_if_unknown() const;

 private:
  std::mutex computing_;              // held while values are computed, before mutex_
  mutable std::mutex mutex_;          // held to read or change inputs and copies_, and while values are copied
  std::atomic<bool> is_known_;        // set after `first_`, and for good
  Values first_;                      // as they were computed, or given
  mutable std::list<Values> copies_;  // in other memories
};

/// Computes the values of a node that has none, on the backend that choose_backend() names, in its memory. Elementwise
/// nodes that it depends on, and that have no values either, are computed along and get none; a reduction is computed
/// together with what it reduces.
Values evaluate(Node& node);

}  // namespace anneal::array
