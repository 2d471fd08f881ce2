#include "align/cuda/end_kernels.h"

#include <algorithm>

#include "align/cuda/end_kernel_tables.h"

namespace anneal::align::cuda {

std::int64_t EndKernel::borders_per_group(std::int64_t query_length, std::int64_t target_length) const {
  if (shape.one_strip) return 0;
  const std::int64_t strips = (query_length + shape.height() - 1) / shape.height();
  const bool keeps_all_rows = shape.local && shape.unit == 1;
  return target_length * (keeps_all_rows ? std::max<std::int64_t>(strips - 1, 0) : 2);
}

std::span<const EndKernel> end_kernels(bool local, ScoreKind scores) {
  switch (scores) {
    case ScoreKind::letters:
      return local ? end_kernels_local_letters() : end_kernels_global_letters();
    case ScoreKind::matrix_dna:
      return local ? end_kernels_local_dna() : end_kernels_global_dna();
    case ScoreKind::matrix_protein:
      return local ? end_kernels_local_protein() : end_kernels_global_protein();
    case ScoreKind::matrix_any:
      return local ? end_kernels_local_any() : end_kernels_global_any();
  }
  return {};
}

}  // namespace anneal::align::cuda
