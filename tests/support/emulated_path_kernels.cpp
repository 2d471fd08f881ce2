#include <algorithm>
#include <utility>

#include "align/cuda/checkpoint_path_group.h"
#include "align/cuda/cigar_group.h"
#include "align/cuda/path_kernel_tables.h"
#include "align/cuda/path_programs.h"
#include "support/emulated_tables.h"

namespace anneal::test {
namespace {

using namespace align::cuda;
using align::recurrence::PathParameters;
using align::recurrence::PathPenalties;
using align::recurrence::Word;
using device::cuda::LaunchShape;

/// Groups take a batch's jobs in turns: do_job(group, the batch's pairs), where batch.first_job is the round's.
template <class Program, class DoJob>
void take_turns(const LaunchShape& shape, PathBatch& batch, const DoJob& do_job) {
  const int count = pairs_of(batch);
  const int jobs = (count + Program::parts - 1) / Program::parts;
  const int groups = groups_of(shape, Program::lanes);
  for (; batch.first_job < jobs; batch.first_job += groups) {
    for (int group = 0; group < std::min(groups, jobs - batch.first_job); ++group) do_job(group, count);
  }
}

template <class Program>
void retrace_paths(const LaunchShape& shape, PathBatch batch, const PathParameters& parameters,
                   const PathPenalties& penalties) {
  take_turns<Program>(shape, batch, [&](int group, int count) {
    typename Program::Job job{};
    typename Program::Plan plan{};
    int pairs[Program::parts];
    load_path_job<Program>(batch, parameters, count, group, true, pairs, job, plan, PlainAdd());
    Program program(job, plan, parameters, penalties, batch.table);
    align::recurrence::PerLane<align::recurrence::PathResult, Program::lanes> paths;
    program.fill_and_walk(paths);
    *batch.cells += static_cast<unsigned long long>(program.cells());
    for (int part = 0; part < Program::parts; ++part) {
      if (pairs[part] < 0) continue;
      store_path(batch, pairs[part], paths[part], typename Program::Walks(job, plan, parameters).ops_end(part),
                 PlainAdd());
    }
  });
}

template <class Program>
void checkpoint_paths(const LaunchShape& shape, PathBatch batch, const PathParameters& parameters,
                      const PathPenalties& penalties) {
  take_turns<Program>(shape, batch, [&](int group, int count) {
    typename Program::Job job{};
    int pairs[Program::parts];
    load_checkpoint_path_job<Program>(batch, parameters, count, group, true, pairs, job, PlainAdd());
    Program program(job, parameters, penalties, batch.table);
    align::recurrence::PerLane<align::recurrence::PathResult, Program::lanes> paths;
    program.find(paths);
    *batch.cells += static_cast<unsigned long long>(program.cells());
    for (int part = 0; part < Program::parts; ++part) {
      if (pairs[part] >= 0) store_checkpoint_path(batch, program, part, pairs[part], paths[part], PlainAdd());
    }
  });
}

template <class Program>
void fill_paths(const LaunchShape& shape, const PathBatch& batch, const PathParameters& parameters,
                const PathPenalties& penalties) {
  const int count = pairs_of(batch);
  for (int group = 0; group < groups_of(shape, Program::lanes); ++group) {
    typename Program::Job job{};
    typename Program::Plan plan{};
    int pairs[Program::parts];
    load_path_job<Program>(batch, parameters, count, group, true, pairs, job, plan, PlainAdd());
    Program program(job, plan, parameters, penalties, batch.table);
    program.fill();
    *batch.cells += static_cast<unsigned long long>(program.cells());
  }
}

template <class Program>
void walk_paths(const LaunchShape& shape, const PathBatch& batch, const PathParameters& parameters) {
  for (int walker = 0; walker < groups_of(shape, 1); ++walker) {
    walk_path<Program>(batch, parameters, walker / Program::parts, walker % Program::parts, PlainAdd());
  }
}

void ungapped_paths(const LaunchShape&, const PathBatch& batch, const PathParameters& parameters) {
  const int count = pairs_of(batch);
  for (int place = 0; place < count; ++place) {
    if (!find_ungapped_path(batch, parameters, place)) leave_out(batch, batch.order[place], PlainAdd());
  }
}

void sum_ops(const LaunchShape& shape, const PathEntry* entries, const CigarBatch& cigars) {
  std::fill_n(cigars.block_sums, shape.grid.x, 0ull);
  for (int pair = 0; pair < cigars.pairs; ++pair) {
    cigars.block_sums[static_cast<unsigned>(pair) / cigar_threads] += entries[pair].ops;
  }
}

void add_up(const LaunchShape&, const CigarBatch& cigars) {
  unsigned long long before = 0;
  for (std::int64_t block = 0; block < gather_blocks(cigars.pairs); ++block) {
    before += std::exchange(cigars.block_sums[block], before);
  }
  *cigars.total = before;
}

void gather_cigars(const LaunchShape&, const PathBatch& batch, const PathParameters& parameters,
                   const CigarBatch& cigars) {
  std::uint64_t offset = 0;
  for (int pair = 0; pair < cigars.pairs; ++pair) {
    if (static_cast<unsigned>(pair) % cigar_threads == 0) {
      offset = cigars.block_sums[static_cast<unsigned>(pair) / cigar_threads];
    }
    gather_cigar(batch, parameters, pair, batch.entries[pair], cigars, offset);
    offset += batch.entries[pair].ops;
  }
}

void send_cigars(const LaunchShape&, const CigarBatch& cigars, Word* to) {
  if (*cigars.total <= cigars.ops_room) std::copy_n(cigars.ops, *cigars.total, to);
}

template <ScoreKind kind, PathShape shape>
void define_paths(FakeCuda& fake, const PathKernel& kernel) {
  using Program = typename PathProgramOf<kind, shape>::type;
  const auto first = kernel_of<PathBatch, PathParameters, PathPenalties>(kernel.kernel);
  if constexpr (shape.retraces) {
    fake.define(first, retrace_paths<Program>);
  } else {
    fake.define(first, fill_paths<Program>);
    fake.define(kernel_of<PathBatch, PathParameters>(kernel.walk), walk_paths<Program>);
  }
}
template <ScoreKind kind, const auto& shapes, std::size_t... index>
void define_paths(FakeCuda& fake, std::span<const PathKernel> kernels, std::index_sequence<index...>) {
  (define_paths<kind, shapes[index]>(fake, kernels[index]), ...);
}
template <ScoreKind kind, const auto& shapes>
void define_paths(FakeCuda& fake, std::span<const PathKernel> kernels) {
  define_paths<kind, shapes>(fake, kernels, std::make_index_sequence<std::size(shapes)>());
}

}  // namespace

void define_path_kernels(FakeCuda& fake) {
  define_paths<ScoreKind::letters, letter_path_shapes>(fake, path_kernels_letters());
  define_paths<ScoreKind::matrix, matrix_path_shapes>(fake, path_kernels_matrix());
  define_paths<ScoreKind::matrix, banded_path_shapes>(fake, path_kernels_banded());
  fake.define(kernel_of<PathBatch, PathParameters, PathPenalties>(path_kernel_from_checkpoints().kernel),
              checkpoint_paths<typename CheckpointPathProgramOf<ScoreKind::letters, checkpoint_path_shape>::type>);
  fake.define(ungapped_paths_kernel, ungapped_paths);
  fake.define(sum_ops_kernel, sum_ops);
  fake.define(add_up_kernel, add_up);
  fake.define(gather_cigars_kernel, gather_cigars);
  fake.define(send_cigars_kernel, send_cigars);
}

}  // namespace anneal::test
