#include "align/cuda/cuda_engine.h"

namespace anneal::align::gpu {
template class GpuEngine<cuda::Platform>;
}
