#include "align/cuda/make_engine.h"
#include "device/cuda/targets.h"

namespace anneal::align::cuda {

std::unique_ptr<Engine> make_engine(const Backend&, const EngineResources&) {
  throw Error(ErrorCode::unavailable, std::string(device::cuda::absent_from_build));
}

}  // namespace anneal::align::cuda
