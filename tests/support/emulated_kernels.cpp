#include "support/emulated_kernels.h"

#include <utility>

#include "align/cuda/end_group.h"
#include "align/cuda/end_kernel_tables.h"
#include "align/cuda/end_programs.h"
#include "align/cuda/unpack.h"
#include "align/recurrence/packed_letters.h"

namespace anneal::test {
namespace {

using namespace align::cuda;
using device::cuda::Kernel;
using device::cuda::LaunchShape;

using FindEnds = Kernel<EndBatch, align::recurrence::EndParameters>;

// Each block's groups, one after the other.
template <class Program>
void find_ends(const LaunchShape& shape, const EndBatch& batch, const align::recurrence::EndParameters& parameters) {
  const int count = batch.counted_pairs == nullptr ? batch.pairs : *batch.counted_pairs;
  const int jobs = (count + Program::parts - 1) / Program::parts;
  const int groups = static_cast<int>(shape.grid.x * shape.group.x) / Program::lanes;
  for (int place = 0; place < jobs; ++place) {
    typename Program::Job job;
    const GroupPairs<Program> pairs = load_job<Program>(batch, count, place, job);
    job.borders = Program::one_strip ? nullptr : batch.borders + batch.borders_per_group * (place % groups);
    align::recurrence::EndCell ends[Program::parts];
    Program(job, parameters, batch.table).run(ends);
    store_ends<Program>(batch, pairs, ends, [](std::int32_t* counter) { return (*counter)++; });
  }
}

template <ScoreKind kind, const auto& shapes, std::size_t... index>
void define_ends(FakeCuda& fake, std::span<const EndKernel> kernels, std::index_sequence<index...>) {
  const auto as_kernel = [](const EndKernel& kernel) {
    return FindEnds{"find_ends",
                    reinterpret_cast<decltype(FindEnds::function)>(const_cast<void*>(kernel.kernel.function))};
  };
  (fake.define(as_kernel(kernels[index]), find_ends<typename EndProgramOf<kind, shapes[index]>::type>), ...);
}
template <ScoreKind kind, const auto& shapes>
void define_ends(FakeCuda& fake, std::span<const EndKernel> kernels) {
  define_ends<kind, shapes>(fake, kernels, std::make_index_sequence<std::size(shapes)>());
}

void unpack(const LaunchShape&, const PackedBatch& batch) {
  for (const SequenceTable& side : batch.sides) {
    for (std::int32_t pair = 0; pair < batch.pairs; ++pair) {
      for (int first = 0; first < side.lengths[pair]; first += 4) {
        const std::int64_t word = (side.begins[pair] + first) / 4;
        const int left = std::min(4, side.lengths[pair] - first);
        batch.words[word] =
            align::recurrence::pad_word(align::recurrence::unpack_letters(batch.packed[word]), left, batch.padding);
      }
    }
  }
}

void place_letters(const LaunchShape&, unsigned char* letters, const std::uint32_t* places, unsigned count,
                   unsigned char code) {
  for (unsigned k = 0; k < count; ++k) letters[places[k]] = code;
}

}  // namespace

void define_align_kernels(FakeCuda& fake) {
  define_ends<ScoreKind::letters, local_letter_shapes>(fake, end_kernels_local_letters());
  define_ends<ScoreKind::letters, undecided_shapes>(fake, end_kernels_undecided());
  define_ends<ScoreKind::letters, global_letter_shapes>(fake, end_kernels_global_letters());
  define_ends<ScoreKind::matrix, local_matrix_shapes>(fake, end_kernels_local_matrix());
  define_ends<ScoreKind::matrix, global_matrix_shapes>(fake, end_kernels_global_matrix());
  fake.define(unpack_kernel, unpack);
  fake.define(place_letters_kernel, place_letters);
}

}  // namespace anneal::test
