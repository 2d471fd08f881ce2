#include "search/cuda/score_kernels.cuh"

namespace anneal::search::cuda {

std::span<const ScoreKernel> target_pair_kernels() { return strip_kernels_of<Packing::targets, target_pair_shapes>(); }
std::span<const ScoreKernel> target_pair_relays() { return relay_kernels_of<Packing::targets, relay_shapes>(); }

}  // namespace anneal::search::cuda
