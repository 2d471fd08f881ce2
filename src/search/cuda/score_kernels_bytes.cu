#include "search/cuda/score_kernels.cuh"

namespace anneal::search::cuda {

std::span<const ScoreKernel> byte_kernels() { return strip_kernels_of<Packing::bytes, target_pair_shapes>(); }

}  // namespace anneal::search::cuda
