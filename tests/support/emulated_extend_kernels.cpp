#include <utility>

#include "align/cuda/extend_kernel_tables.h"
#include "align/cuda/extend_programs.h"
#include "align/gpu/extend_group.h"
#include "support/emulated_tables.h"

namespace anneal::test {
namespace {

using namespace align::cuda;
using align::recurrence::ExtendParameters;
using device::cuda::LaunchShape;

template <class Program>
void extend(const LaunchShape& shape, const ExtendBatch& batch, const ExtendParameters& parameters) {
  const int groups = groups_of(shape, Program::lanes);
  for (int place = 0; place < batch.pairs; ++place) {
    const int pair = batch.order[place];
    const align::recurrence::ExtendJob job = extend_job(batch, pair, place % groups);
    batch.results[pair] = Program(job, parameters, batch.table).run();
  }
}

template <const auto& shapes, std::size_t... index>
void define_extensions(FakeCuda& fake, std::span<const ExtendKernel> kernels, std::index_sequence<index...>) {
  (fake.define(kernel_of<ExtendBatch, ExtendParameters>(kernels[index].kernel),
               extend<typename ExtendProgramOf<shapes[index]>::type>),
   ...);
}
template <const auto& shapes>
void define_extensions(FakeCuda& fake, std::span<const ExtendKernel> kernels) {
  define_extensions<shapes>(fake, kernels, std::make_index_sequence<std::size(shapes)>());
}

}  // namespace

void define_extend_kernels(FakeCuda& fake) {
  define_extensions<extend_few_shapes>(fake, extend_kernels_few());
  define_extensions<extend_any_shapes>(fake, extend_kernels_any());
}

}  // namespace anneal::test
