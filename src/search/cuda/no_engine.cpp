#include "device/cuda/targets.h"
#include "search/cuda/make_engine.h"

namespace anneal::search::cuda {

std::unique_ptr<Engine> make_engine(const Backend&, const SearchScoring&) {
  throw Error(ErrorCode::unavailable, std::string(device::cuda::absent_from_build));
}

}  // namespace anneal::search::cuda
