#include "cuda_emulator.h"

#include "blas_lt.h"
#include "images.h"
#include "nvrtc.h"

namespace cuda_emulator {

std::unique_ptr<anneal::test::FakeCuda> make_cuda(int devices) {
  auto cuda = std::make_unique<anneal::test::FakeCuda>(devices);
  cuda->open_image = open_image;
  cuda->vendor_libraries = {{"nvrtc", make_nvrtc()}, {"cublasLt", make_blas_lt(*cuda)}};
  return cuda;
}

}  // namespace cuda_emulator
