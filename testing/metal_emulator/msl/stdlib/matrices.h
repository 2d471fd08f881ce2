// Matrices that the lanes of a simdgroup hold together, and multiply.
#pragma once

#include "simdgroup.h"
#include "vectors.h"

namespace metal {

/// Each lane has two of the elements. Metal does not say which, so kernels must not know.
template <class T, int Columns, int Rows>
class simdgroup_matrix {
  static_assert(Columns == 8 && Rows == 8, "Metal's matrices of simdgroups are 8 x 8");
  static_assert(std::is_same<T, float>::value || std::is_same<T, half>::value, "... of float or half");

 public:
  simdgroup_matrix() = default;
  METAL_EMULATOR_UNCHECKED explicit simdgroup_matrix(T diagonal) {
    for (uint k = 0; k < 2; ++k) own[k] = row() == column(k) ? diagonal : T(0);
  }

  METAL_EMULATOR_UNCHECKED static uint row() { return own_lane() / 4; }
  METAL_EMULATOR_UNCHECKED static uint column(uint k) { return own_lane() % 4 * 2 + k; }

  T own[2];
};
typedef simdgroup_matrix<float, 8, 8> simdgroup_float8x8;
typedef simdgroup_matrix<half, 8, 8> simdgroup_half8x8;

template <class T, int Columns, int Rows = Columns>
METAL_EMULATOR_UNCHECKED simdgroup_matrix<T, Columns, Rows> make_filled_simdgroup_matrix(T value) {
  simdgroup_matrix<T, Columns, Rows> result;
  result.own[0] = result.own[1] = value;
  return result;
}

/// What all lanes have for `own`: all have to be there.
template <class T>
METAL_EMULATOR_UNCHECKED simd_values<T> values_of_matrix(T own, metal_emulator::Place place) {
  const simd_values<T> values(own, simd_operation::matrix, place);
  for (uint lane = 0; lane < metal_emulator::simd_width; ++lane) {
    if (!values.has(lane)) {
      metal_emulator::services->fail("a simdgroup's matrix is used where not all lanes are active", place);
    }
  }
  return values;
}

/// d = a b + c.
template <class T>
METAL_EMULATOR_UNCHECKED void simdgroup_multiply_accumulate(simdgroup_matrix<T, 8, 8>& d,
                                                            const simdgroup_matrix<T, 8, 8>& a,
                                                            const simdgroup_matrix<T, 8, 8>& b,
                                                            const simdgroup_matrix<T, 8, 8>& c, METAL_EMULATOR_PLACE) {
  const auto all = values_of_matrix(vec<T, 4>(a.own[0], a.own[1], b.own[0], b.own[1]), place);
  T sums[2] = {c.own[0], c.own[1]};
  for (uint inner = 0; inner < 8; ++inner) {
    const T left = all[d.row() * 4 + inner / 2][inner % 2];
    const vec<T, 4> right = all[inner * 4 + own_lane() % 4];
    sums[0] += left * right[2];
    sums[1] += left * right[3];
  }
  d.own[0] = sums[0];
  d.own[1] = sums[1];
}
template <class T>
METAL_EMULATOR_UNCHECKED void simdgroup_multiply(simdgroup_matrix<T, 8, 8>& d, const simdgroup_matrix<T, 8, 8>& a,
                                                 const simdgroup_matrix<T, 8, 8>& b, METAL_EMULATOR_PLACE) {
  simdgroup_multiply_accumulate(d, a, b, make_filled_simdgroup_matrix<T, 8>(T(0)), place);
}

// Row-major in memory, or, transposed, column-major; `origin` is that of the matrix, its column first. Accesses are the
// kernel's, and checked.
#define METAL_EMULATOR_MATRIX_MEMORY(space)                                                                          \
  template <class T>                                                                                                 \
  void simdgroup_load(simdgroup_matrix<T, 8, 8>& to, const space T* from, ulong elements_per_row = 8,                \
                      ulong2 origin = ulong2(0), bool transposed = false, METAL_EMULATOR_PLACE) {                    \
    values_of_matrix(0u, place);                                                                                     \
    for (uint k = 0; k < 2; ++k) {                                                                                   \
      const ulong row = transposed ? to.column(k) : to.row(), column = transposed ? to.row() : to.column(k);         \
      to.own[k] = from[(origin.y + row) * elements_per_row + origin.x + column];                                     \
    }                                                                                                                \
  }                                                                                                                  \
  template <class T>                                                                                                 \
  void simdgroup_store(const simdgroup_matrix<T, 8, 8>& from, space T* to, ulong elements_per_row = 8,               \
                       ulong2 origin = ulong2(0), bool transposed = false, METAL_EMULATOR_PLACE) {                   \
    values_of_matrix(0u, place);                                                                                     \
    for (uint k = 0; k < 2; ++k) {                                                                                   \
      const ulong row = transposed ? from.column(k) : from.row(), column = transposed ? from.row() : from.column(k); \
      to[(origin.y + row) * elements_per_row + origin.x + column] = from.own[k];                                     \
    }                                                                                                                \
  }
METAL_EMULATOR_MATRIX_MEMORY(METAL_EMULATOR_DEVICE)
#ifdef METAL_EMULATOR_STRICT
METAL_EMULATOR_MATRIX_MEMORY(METAL_EMULATOR_SHARED)
#endif

}  // namespace metal
