#include "align/metal/metal_engine.h"

namespace anneal::align::gpu {
template class GpuEngine<metal::Platform>;
}
