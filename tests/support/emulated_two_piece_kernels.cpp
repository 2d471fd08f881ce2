#include <vector>

#include "align/cuda/two_piece_kernel.h"
#include "align/gpu/two_piece_group.h"
#include "support/emulated_tables.h"

namespace anneal::test {
namespace {

using namespace align::cuda;
using align::recurrence::TwoPieceParameters;
using device::cuda::LaunchShape;

void align_two_piece(const LaunchShape& shape, const TwoPieceBatch& batch, const TwoPieceParameters& parameters) {
  constexpr int lanes = 32;
  const int groups = groups_of(shape, lanes);
  std::vector<int> own(shape.shared_bytes / sizeof(int) / two_piece_groups, 77);
  for (int place = 0; place < batch.pairs; ++place) {
    const int pair = batch.order[place];
    const align::recurrence::TwoPieceJob job = two_piece_job(batch, parameters.wants_path, pair, place % groups);
    int* const scores = own.empty() ? reinterpret_cast<int*>(job.workspace) : own.data();
    batch.results[pair] = run_two_piece(job, parameters, batch.table, scores, !own.empty());
  }
}

}  // namespace

void define_two_piece_kernels(FakeCuda& fake) {
  fake.define(two_piece_kernel_with_own, align_two_piece);
  fake.define(two_piece_kernel_in_workspace, align_two_piece);
}

}  // namespace anneal::test
