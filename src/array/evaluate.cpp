#include "array/choice.h"
#include "array/node.h"

namespace anneal::array {

Values evaluate(Node& node) {
  return with_backend(node, [&](Backend& backend) { return backend.evaluate(node); });
}

}  // namespace anneal::array
