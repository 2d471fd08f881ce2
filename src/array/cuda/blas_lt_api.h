// What is used of cuBLASLt, as its documentation for version 13.1 has it; version 12 has the same. It is opened at run
// time, and its headers come with half a gigabyte of library.
#pragma once

#include <cstddef>
#include <cstdint>

#include "device/cuda/vendor_library.h"

namespace anneal::array::cuda::blas_lt {

using Status = int;  ///< a cublasStatus_t
inline constexpr Status success = 0;
inline constexpr Status not_supported = 15;

// Objects that the library makes.
using Handle = void*;
using Operation = void*;   ///< a cublasLtMatmulDesc_t
using Layout = void*;      ///< a cublasLtMatrixLayout_t
using Preference = void*;  ///< a cublasLtMatmulPreference_t

enum DataType : std::int32_t { r32f = 0, r64f = 1, r16f = 2, r16bf = 14 };
/// compute_32f is true f32: TF32 has a type of its own.
enum ComputeType : std::int32_t { compute_32f = 68, compute_64f = 70 };
enum Transposition : std::int32_t { not_transposed = 0, transposed = 1 };
enum Epilogue : std::uint32_t { nothing = 1, bias = 4 };

enum class OperationAttribute : std::int32_t { transpose_a = 3, transpose_b = 4, epilogue = 7, bias_pointer = 8 };
enum class LayoutAttribute : std::int32_t { batch_count = 5, batch_stride = 6 };
enum class PreferenceAttribute : std::int32_t {
  workspace_bytes = 1,
  reduction_schemes = 3,
  alignment_a = 5,
  alignment_b = 6,
  alignment_c = 7,
  alignment_d = 8
};
/// Where a product is cut along the inner axis, parts are added up in the type that is computed in.
inline constexpr std::uint32_t reduce_in_compute_type = 2;

struct Algorithm {
  std::uint64_t data[8];
};
struct Heuristic {
  Algorithm algorithm;
  std::size_t workspace_bytes;
  Status state;
  float waves;
  int reserved[4];
};

/// Matrices are column-major.
struct Api {
  explicit Api(const device::cuda::VendorLibrary& library);

  std::size_t (*version)();  ///< 10000 * major + 100 * minor + patch
  const char* (*status_text)(Status);
  Status (*create)(Handle*);
  Status (*destroy)(Handle);
  Status (*create_operation)(Operation*, ComputeType, DataType scale);
  Status (*destroy_operation)(Operation);
  Status (*set_operation)(Operation, OperationAttribute, const void* value, std::size_t bytes);
  Status (*create_layout)(Layout*, DataType, std::uint64_t rows, std::uint64_t columns, std::int64_t leading);
  Status (*destroy_layout)(Layout);
  Status (*set_layout)(Layout, LayoutAttribute, const void* value, std::size_t bytes);
  Status (*create_preference)(Preference*);
  Status (*destroy_preference)(Preference);
  Status (*set_preference)(Preference, PreferenceAttribute, const void* value, std::size_t bytes);
  Status (*heuristic)(Handle, Operation, Layout a, Layout b, Layout c, Layout d, Preference, int wanted, Heuristic*,
                      int* found);
  /// D = alpha A B + beta C.
  Status (*multiply)(Handle, Operation, const void* alpha, const void* a, Layout, const void* b, Layout,
                     const void* beta, const void* c, Layout, void* d, Layout, const Algorithm*, void* workspace,
                     std::size_t workspace_bytes, void* stream);
};

}  // namespace anneal::array::cuda::blas_lt
