#include "array/cuda/blas_lt_api.h"

#include <type_traits>

namespace anneal::array::cuda::blas_lt {

Api::Api(const device::cuda::VendorLibrary& library) {
  const auto find = [&library](auto*& function, const char* name) {
    function = device::cuda::function_of<std::remove_reference_t<decltype(*function)>>(library, name);
  };
  find(version, "cublasLtGetVersion");
  find(status_text, "cublasLtGetStatusString");
  find(create, "cublasLtCreate");
  find(destroy, "cublasLtDestroy");
  find(create_operation, "cublasLtMatmulDescCreate");
  find(destroy_operation, "cublasLtMatmulDescDestroy");
  find(set_operation, "cublasLtMatmulDescSetAttribute");
  find(create_layout, "cublasLtMatrixLayoutCreate");
  find(destroy_layout, "cublasLtMatrixLayoutDestroy");
  find(set_layout, "cublasLtMatrixLayoutSetAttribute");
  find(create_preference, "cublasLtMatmulPreferenceCreate");
  find(destroy_preference, "cublasLtMatmulPreferenceDestroy");
  find(set_preference, "cublasLtMatmulPreferenceSetAttribute");
  find(heuristic, "cublasLtMatmulAlgoGetHeuristic");
  find(multiply, "cublasLtMatmul");
}

}  // namespace anneal::array::cuda::blas_lt
