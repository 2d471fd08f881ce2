#include "search/cuda/score_kernels.cuh"

namespace anneal::search::cuda {

std::span<const ScoreKernel> query_pair_kernels() { return strip_kernels_of<Packing::queries, query_pair_shapes>(); }
std::span<const ScoreKernel> query_pair_relays() { return relay_kernels_of<Packing::queries, relay_shapes>(); }

}  // namespace anneal::search::cuda
