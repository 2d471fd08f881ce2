#include <utility>

#include "align/cuda/end_kernel_tables.h"
#include "align/cuda/end_programs.h"
#include "align/cuda/rows_end_kernel.h"
#include "align/gpu/end_group.h"
#include "support/emulated_tables.h"

namespace anneal::test {
namespace {

using namespace align::cuda;
using align::recurrence::EndParameters;
using device::cuda::LaunchShape;

template <class Program>
void find_ends(const LaunchShape& shape, const EndBatch& batch, const EndParameters& parameters) {
  const int count = batch.counted_pairs == nullptr ? batch.pairs : *batch.counted_pairs;
  const int jobs = (count + Program::parts - 1) / Program::parts;
  const int groups = groups_of(shape, Program::lanes);
  for (int place = 0; place < jobs; ++place) {
    typename Program::Job job;
    const GroupPairs<Program> pairs = load_job<Program>(batch, count, place, job);
    job.borders = borders_of<Program>(batch, place % groups, place);
    align::recurrence::EndCell ends[Program::parts];
    Program program(job, parameters, batch.table);
    program.run(ends);
    if constexpr (Program::keeps_checkpoints) store_checkpoints(batch, pairs, program, ends);
    store_ends<Program>(batch, pairs, ends, [](std::int32_t* counter) { return (*counter)++; });
  }
}

void find_ends_by_rows(const LaunchShape& shape, const RowsEndBatch& batch,
                       const align::recurrence::RowsEndParameters& parameters) {
  const int groups = groups_of(shape, RowsEndProgram::lanes);
  for (int place = 0; place < batch.pairs; ++place) {
    const int pair = batch.order[place];
    const align::recurrence::RowsEndJob job = rows_end_job(batch, pair, place % groups);
    batch.results[pair] = RowsEndProgram(job, parameters, batch.table).run();
  }
}

template <ScoreKind kind, const auto& shapes, std::size_t... index>
void define_ends(FakeCuda& fake, std::span<const EndKernel> kernels, std::index_sequence<index...>) {
  (fake.define(kernel_of<EndBatch, EndParameters>(kernels[index].kernel),
               find_ends<typename EndProgramOf<kind, shapes[index]>::type>),
   ...);
}
template <ScoreKind kind, const auto& shapes>
void define_ends(FakeCuda& fake, std::span<const EndKernel> kernels) {
  define_ends<kind, shapes>(fake, kernels, std::make_index_sequence<std::size(shapes)>());
}

}  // namespace

void define_end_kernels(FakeCuda& fake) {
  define_ends<ScoreKind::letters, local_letter_shapes>(fake, end_kernels_local_letters());
  define_ends<ScoreKind::letters, undecided_shapes>(fake, end_kernels_undecided());
  define_ends<ScoreKind::letters, global_letter_shapes>(fake, end_kernels_global_letters());
  define_ends<ScoreKind::matrix, local_matrix_shapes>(fake, end_kernels_local_matrix());
  define_ends<ScoreKind::matrix, global_matrix_shapes>(fake, end_kernels_global_matrix());
  fake.define(rows_end_kernel, find_ends_by_rows);
}

}  // namespace anneal::test
