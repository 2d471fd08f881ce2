#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "align/cuda/path_kernels.h"
#include "support/emulated_kernels.h"
#include "unit/align/cuda/launch_test.h"
#include "unit/align/recurrence/expect_paths.h"

namespace anneal::align::cuda {
namespace {

using test::KnownPath;

/// Finds CIGARs, and compares with the scalar engine's.
class PathLaunch : public LaunchTest {
 protected:
  Side upload_codes(const std::vector<KnownPath>& paths, std::string test::SequencePair::* side) {
    std::vector<std::string> codes;
    for (const KnownPath& path : paths) codes.push_back(path.encoded.*side);
    return upload_side(codes, 5);
  }

  void expect_cigars(const AlignOptions& options, const std::vector<KnownPath>& paths, const PathScoring& scoring);
  void find_gapped(PathBatch batch, const recurrence::PathParameters& parameters, const PathScoring& scoring,
                   const std::vector<KnownPath>& paths);
};
INSTANTIATE_TEST_SUITE_P(On, PathLaunch, testing::Values(device::cuda::Gpu::fake, device::cuda::Gpu::real),
                         device::cuda::gpu_name);

/// What the letters have not told: kernel after kernel does what the one before it has left out.
void PathLaunch::find_gapped(PathBatch batch, const recurrence::PathParameters& parameters, const PathScoring& scoring,
                             const std::vector<KnownPath>& paths) {
  constexpr unsigned blocks = 2;  // fewer than there are jobs
  int rows = 0, columns = 0;
  for (const KnownPath& path : paths) {
    rows = std::max(rows, path.end.query_end);
    columns = std::max(columns, path.end.target_end);
  }
  std::vector<Buffer<std::int32_t>> lists;
  std::vector<Buffer<recurrence::Word>> workspaces;
  for (const PathKernel& kernel : path_kernels(scoring.kind, parameters.band >= 0)) {
    if (scoring.highest_raised > kernel.highest_raised) continue;
    batch.order = batch.left_out;
    batch.counted_pairs = batch.left_out_count;
    lists.push_back(upload(std::vector<std::int32_t>(paths.size())));
    batch.left_out = lists.back().data();
    lists.push_back(upload<std::int32_t>({0}));
    batch.left_out_count = lists.back().data();
    // The first one has no room for the largest pairs.
    batch.words_per_group = kernel.shape.parts == 2 ? kernel.words(rows / 2, columns, rows + columns)
                                                    : kernel.words(rows, columns, rows + columns);
    const std::size_t groups = blocks * static_cast<std::size_t>(kernel.shape.groups_per_block());
    workspaces.push_back(memory_->acquire<recurrence::Word>(groups * static_cast<std::size_t>(batch.words_per_group)));
    batch.workspace = workspaces.back().data();
    kernel.launch(*queue_, batch, parameters, blocks);
  }
  EXPECT_EQ(download(lists.back(), 1).front(), 0) << "pairs are left";
}

void PathLaunch::expect_cigars(const AlignOptions& options, const std::vector<KnownPath>& paths,
                               const PathScoring& scoring) {
  std::vector<recurrence::EndCell> ends;
  std::vector<std::int32_t> places(paths.size()), centres;
  std::iota(places.begin(), places.end(), 0);
  std::size_t most_ops = 1;
  for (const KnownPath& path : paths) {
    ends.push_back(path.end);
    centres.push_back(path.centre);
    most_ops += path.encoded.query.size() + path.encoded.target.size();
  }
  const auto scores = pair_scores(options.matrix);
  const Side queries = upload_codes(paths, &test::SequencePair::query);
  const Side targets = upload_codes(paths, &test::SequencePair::target);
  const Buffer<recurrence::EndCell> end_cells = upload(ends);
  const Buffer<std::int32_t> order = upload(places), left_out = upload(places), count = upload<std::int32_t>({0}),
                             band_centres = upload(centres);
  const Buffer<PathEntry> entries = memory_->acquire<PathEntry>(paths.size());
  const Buffer<signed char> scores_of_pairs = upload(std::vector<signed char>(scores.begin(), scores.end()));
  const Buffer<recurrence::Word> table = upload(scoring.table), ops = memory_->acquire<recurrence::Word>(most_ops),
                                 gathered = memory_->acquire<recurrence::Word>(most_ops),
                                 sent = memory_->acquire<recurrence::Word>(most_ops);
  const Buffer<unsigned long long> used = upload<unsigned long long>({0}), cells = upload<unsigned long long>({0});
  const Buffer<unsigned long long> sums = memory_->acquire<unsigned long long>(
      static_cast<std::size_t>(gather_blocks(static_cast<std::int64_t>(paths.size()))) + 1);
  const Buffer<std::uint64_t> total = memory_->acquire<std::uint64_t>(1);
  const PathBatch batch{.queries = queries.table(),
                        .targets = targets.table(),
                        .ends = end_cells.data(),
                        .band_centres = band_centres.data(),
                        .order = order.data(),
                        .pairs = static_cast<std::int32_t>(paths.size()),
                        .entries = entries.data(),
                        .left_out = left_out.data(),
                        .left_out_count = count.data(),
                        .pair_scores = scores_of_pairs.data(),
                        .table = table.data(),
                        .cells = cells.data(),
                        .ops = ops.data(),
                        .ops_room = static_cast<std::uint32_t>(most_ops),
                        .ops_used = used.data()};
  const CigarBatch cigars{.pairs = batch.pairs,
                          .block_sums = sums.data(),
                          .total = total.data(),
                          .ops = gathered.data(),
                          .ops_room = most_ops};
  const recurrence::PathParameters parameters = path_parameters(options, scoring);
  launch_ungapped_paths(*queue_, batch, parameters);
  find_gapped(batch, parameters, scoring, paths);
  launch_cigar_offsets(*queue_, batch, cigars);
  launch_gather_cigars(*queue_, batch, parameters, cigars);
  launch_send_cigars(*queue_, cigars, sent.data());
  const std::vector<PathEntry> found = download(entries, paths.size());
  const std::vector<recurrence::Word> all_ops = download(sent, most_ops);
  std::uint64_t begin = 0;
  for (std::size_t pair = 0; pair < paths.size(); ++pair) {
    ASSERT_LE(begin + found[pair].ops, most_ops);
    const recurrence::PathResult result{found[pair].query_begin, found[pair].target_begin,
                                        static_cast<int>(found[pair].ops)};
    EXPECT_EQ(test::text(result, all_ops.data() + begin), test::text(paths[pair]))
        << test::case_of(options, paths[pair]);
    begin += found[pair].ops;
  }
  EXPECT_EQ(download(total, 1).front(), begin);
}

TEST_P(PathLaunch, FindsPathsByLetters) {
  test::Random random(31);
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free, Mode::extend}) {
    AlignOptions options;
    options.mode = mode;
    test::PairSet pairs = test::random_pairs(random, Alphabet::dna, is_fake() ? 60 : 200, {1, 700}, {1, 700});
    std::vector<KnownPath> paths;
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      const auto path = test::known_path(options, {pairs.query(pair), pairs.target(pair)}, 0);
      if (path && std::ranges::all_of(path->encoded.query, [](char code) { return code < 4; })) paths.push_back(*path);
    }
    expect_cigars(options, paths, letter_path_scoring(options));
  }
}

TEST_P(PathLaunch, FindsPathsByMatrices) {
  test::Random random(32);
  for (int round = 0; round < (is_fake() ? 10 : 40); ++round) {
    for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free, Mode::extend}) {
      const test::PathSample sample = test::path_sample(random, mode, Alphabet::protein, round % 2 == 0, 10, 400, 400);
      if (sample.paths.empty()) continue;
      expect_cigars(sample.options, sample.paths, matrix_path_scoring(sample.options));
    }
  }
}

}  // namespace
}  // namespace anneal::align::cuda
