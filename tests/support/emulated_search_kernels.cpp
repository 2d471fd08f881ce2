#include "support/emulated_search_kernels.h"

#include <deque>
#include <utility>

#include "search/cuda/border_split.h"
#include "search/cuda/relay.h"
#include "search/cuda/score_kernels.h"
#include "search/cuda/score_programs.h"
#include "search/cuda/select_kernels.h"
#include "support/emulated_tables.h"

namespace anneal::test {
namespace {

using namespace search::cuda;
using device::cuda::LaunchShape;

void raise_score(std::int32_t* place, std::int32_t score) { *place = std::max(*place, score); }

template <class Profile>
std::vector<Quad> make_profile(const ScoreJob& job, int first_row) {
  std::vector<Quad> profile(static_cast<std::size_t>((job.letters + 1) * Profile::words_per_letter) / 4);
  fill_profile<Profile>(job, first_row, profile.data()->words, 0, 1);
  return profile;
}

template <class Program>
void score_strip(const LaunchShape&, const ScoreJob& job) {
  const std::vector<Quad> profile = make_profile<typename Program::Profile>(job, 0);
  for (int place = 0; place * Program::targets < job.items_in_all(); ++place) {
    Program program(job, profile.data()->words, place, 0, true);
    program.run(0, program.blocks());
    program.store(raise_score);
  }
}

template <class Program>
void score_relay(const LaunchShape& shape, const ScoreJob& job) {
  const int warps = static_cast<int>(shape.group.x / 32);
  std::vector<std::vector<Quad>> profiles;
  for (int warp = 0; warp < warps; ++warp) {
    profiles.push_back(make_profile<typename Program::Profile>(job, warp * Program::height));
  }
  for (int place = 0; place * Program::targets < job.items_in_all(); ++place) {
    std::deque<Program> programs;
    for (int warp = 0; warp < warps; ++warp) {
      programs.emplace_back(job, profiles[static_cast<std::size_t>(warp)].data()->words, place, warp,
                            warp == warps - 1);
    }
    const int steps = programs.front().blocks();
    for (int phase = 0; phase < relay_phases(steps, warps); ++phase) {
      for (int warp = 0; warp < warps; ++warp) {
        const Phase own = relay_phase(phase, warp, steps);
        programs[static_cast<std::size_t>(warp)].run(own.first, own.last);
      }
    }
    for (Program& program : programs) program.store(raise_score);
  }
}

void count_scores(const LaunchShape& shape, const ScoreTable& table, std::uint32_t* bins) {
  for (std::size_t query = 0; query < shape.grid.y; ++query) {
    for (std::size_t target = 0; target < table.targets; ++target) {
      ++bins[query * score_bins + bin_of(table.scores[query * table.targets + target])];
    }
  }
}

void gather_hits(const LaunchShape& shape, const ScoreTable& table, const std::uint32_t* bins, std::uint32_t top,
                 Selected* selected, search::Hit* hits, std::uint32_t room) {
  for (std::size_t query = 0; query < shape.grid.y; ++query) {
    Selected& own = selected[query];
    const std::uint32_t* const own_bins = bins + query * score_bins;
    std::uint32_t sums[bin_groups] = {};
    for (std::uint32_t bin = 0; bin < score_bins; ++bin) sums[bin / bins_per_group] += own_bins[bin];
    const std::int32_t least = lowest_wanted(own_bins, sums, own.least, top);
    own.overflowed = own_bins[score_bins - 1];
    for (std::uint32_t target = table.targets; target-- > 0;) {
      const std::int32_t score = table.scores[query * table.targets + target];
      if (score < least) continue;
      if (own.count < room) hits[query * room + own.count] = {score, target};
      ++own.count;
    }
  }
}

// The last ones come first, as on a device they may.
void list_overflowed(const LaunchShape&, const Item* items, std::uint32_t count, std::int32_t* scores, Item* found,
                     std::int32_t* found_count) {
  for (std::uint32_t k = count; k-- > 0;) {
    if (scores[items[k].target] != overflowed) continue;
    scores[items[k].target] = 0;
    found[(*found_count)++] = items[k];
  }
}

void clear_scores(const LaunchShape&, std::int32_t* scores, const std::uint32_t* targets, std::uint32_t count) {
  for (std::uint32_t k = 0; k < count; ++k) scores[targets[k]] = 0;
}

void split_border(const LaunchShape&, const BorderSplit& split) {
  for (std::uint32_t pair = 0; 2 * pair < split.count; ++pair) split_columns(split, pair, 0, 1);
}

template <Packing packing, const auto& shapes, std::size_t... index>
void define_strips(FakeCuda& fake, std::span<const ScoreKernel> kernels, std::index_sequence<index...>) {
  (fake.define(kernel_of<ScoreJob>(kernels[index].kernel),
               score_strip<typename ScoreProgramOf<packing, shapes[index]>::type>),
   ...);
}
template <Packing packing, const auto& shapes>
void define_strips(FakeCuda& fake, std::span<const ScoreKernel> kernels) {
  define_strips<packing, shapes>(fake, kernels, std::make_index_sequence<std::size(shapes)>());
}

template <Packing packing>
void define_relays(FakeCuda& fake) {
  fake.define(kernel_of<ScoreJob>(relay_kernels(packing).front().kernel),
              score_relay<typename ScoreProgramOf<packing, relay_shapes[0]>::type>);
}

}  // namespace

void define_search_kernels(FakeCuda& fake) {
  define_strips<Packing::queries, query_pair_shapes>(fake, query_pair_kernels());
  define_strips<Packing::targets, target_pair_shapes>(fake, target_pair_kernels());
  define_strips<Packing::bytes, target_pair_shapes>(fake, byte_kernels());
  define_strips<Packing::whole, whole_shapes>(fake, whole_kernels());
  define_relays<Packing::queries>(fake);
  define_relays<Packing::targets>(fake);
  fake.define(count_scores_kernel, count_scores);
  fake.define(gather_hits_kernel, gather_hits);
  fake.define(list_overflowed_kernel, list_overflowed);
  fake.define(clear_scores_kernel, clear_scores);
  fake.define(split_border_kernel, split_border);
}

}  // namespace anneal::test
