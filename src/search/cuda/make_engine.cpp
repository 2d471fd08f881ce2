#include "search/cuda/make_engine.h"

#include "device/cuda/targets.h"
#include "search/cuda/cuda_engine.h"

namespace anneal::search::cuda {

std::unique_ptr<Engine> make_engine(const Backend& backend, const SearchScoring& scoring) {
  return std::make_unique<CudaEngine>(*device::cuda::process_runtime(), device::cuda::ordinals_of(backend.name).front(),
                                      scoring);
}

}  // namespace anneal::search::cuda
