#include "search/cuda/score_kernels.cuh"

namespace anneal::search::cuda {

std::span<const ScoreKernel> whole_kernels() { return strip_kernels_of<Packing::whole, whole_shapes>(); }

}  // namespace anneal::search::cuda
