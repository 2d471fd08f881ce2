#include "array/cpu/evaluate.h"

#include "array/node.h"

namespace anneal::array {

Values evaluate(Node& node) { return cpu::evaluate(node, cpu::tile_kernels(), cpu::array_queue()); }

}  // namespace anneal::array
