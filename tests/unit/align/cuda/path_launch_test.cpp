#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "align/cuda/path_kernels.h"
#include "device/buffer_pool.h"
#include "device/cuda/queue.h"
#include "unit/align/recurrence/expect_paths.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {
namespace {

using device::Buffer;
using test::KnownPath;

/// Finds CIGARs on a GPU, and compares with the scalar engine's.
class PathLaunch : public device::cuda::CudaTest {
 protected:
  struct Side {
    Buffer<unsigned char> letters;
    Buffer<std::int64_t> begins;
    Buffer<std::int32_t> lengths;

    SequenceTable table() const { return {letters.data(), begins.data(), lengths.data()}; }
  };

  void SetUp() override {
    CudaTest::SetUp();
    if (IsSkipped()) return;
    memory_ = std::make_unique<device::BufferPool>(device(), device::MemoryKind::device);
    queue_ = std::make_unique<device::cuda::Queue>(device());
  }
  void TearDown() override {
    queue_.reset();
    memory_.reset();
    CudaTest::TearDown();
  }

  template <class T>
  Buffer<T> upload(const std::vector<T>& values) {
    Buffer<T> buffer = memory_->acquire<T>(values.size());
    queue_->copy(buffer.data(), values.data(), values.size() * sizeof(T));
    return buffer;
  }
  template <class T>
  std::vector<T> download(const Buffer<T>& buffer, std::size_t count) {
    std::vector<T> values(count);
    queue_->copy(values.data(), buffer.data(), count * sizeof(T));
    queue_->synchronize();
    return values;
  }
  Side upload_side(const std::vector<KnownPath>& paths, std::string test::SequencePair::* side) {
    std::vector<unsigned char> letters;
    std::vector<std::int64_t> begins;
    std::vector<std::int32_t> lengths;
    for (const KnownPath& path : paths) {
      const std::string& codes = path.encoded.*side;
      begins.push_back(static_cast<std::int64_t>(letters.size()));
      lengths.push_back(static_cast<std::int32_t>(codes.size()));
      letters.insert(letters.end(), codes.begin(), codes.end());
      letters.resize((letters.size() + 3) / 4 * 4, 5);
    }
    letters.resize(letters.size() + 4);
    return {upload(letters), upload(begins), upload(lengths)};
  }

  void expect_cigars(const AlignOptions& options, const std::vector<KnownPath>& paths, const PathScoring& scoring);
  void find_gapped(PathBatch batch, const recurrence::PathParameters& parameters, const PathScoring& scoring,
                   const std::vector<KnownPath>& paths);

 private:
  std::unique_ptr<device::BufferPool> memory_;
  std::unique_ptr<device::cuda::Queue> queue_;
};
INSTANTIATE_TEST_SUITE_P(On, PathLaunch, testing::Values(device::cuda::Gpu::real), device::cuda::gpu_name);

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
    batch.words_per_group = kernel.shape.parts == 2 ? kernel.words(rows / 2, columns) : kernel.words(rows, columns);
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
  const Side queries = upload_side(paths, &test::SequencePair::query);
  const Side targets = upload_side(paths, &test::SequencePair::target);
  const Buffer<recurrence::EndCell> end_cells = upload(ends);
  const Buffer<std::int32_t> order = upload(places), left_out = upload(places), count = upload<std::int32_t>({0}),
                             band_centres = upload(centres);
  const Buffer<PathEntry> entries = memory_->acquire<PathEntry>(paths.size());
  const Buffer<signed char> scores_of_pairs = upload(std::vector<signed char>(scores.begin(), scores.end()));
  const Buffer<recurrence::Word> table = upload(scoring.table), ops = memory_->acquire<recurrence::Word>(most_ops),
                                 gathered = memory_->acquire<recurrence::Word>(most_ops);
  const Buffer<unsigned long long> used = upload<unsigned long long>({0});
  const Buffer<unsigned long long> sums = memory_->acquire<unsigned long long>(
      static_cast<std::size_t>(gather_blocks(static_cast<std::int64_t>(paths.size()))) + 1);
  const Buffer<std::uint64_t> offsets = memory_->acquire<std::uint64_t>(paths.size() + 1);
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
                        .ops = ops.data(),
                        .ops_room = static_cast<std::uint32_t>(most_ops),
                        .ops_used = used.data()};
  const CigarBatch cigars{
      .pairs = batch.pairs, .block_sums = sums.data(), .offsets = offsets.data(), .ops = gathered.data()};
  const recurrence::PathParameters parameters = path_parameters(options, scoring);
  launch_ungapped_paths(*queue_, batch, parameters);
  find_gapped(batch, parameters, scoring, paths);
  launch_cigar_offsets(*queue_, batch, cigars);
  launch_gather_cigars(*queue_, batch, parameters, cigars);
  const std::vector<PathEntry> found = download(entries, paths.size());
  const std::vector<std::uint64_t> begins = download(offsets, paths.size() + 1);
  const std::vector<recurrence::Word> all_ops = download(gathered, most_ops);
  for (std::size_t pair = 0; pair < paths.size(); ++pair) {
    ASSERT_LE(begins[pair + 1], most_ops);
    const recurrence::PathResult result{found[pair].query_begin, found[pair].target_begin,
                                        static_cast<int>(begins[pair + 1] - begins[pair])};
    EXPECT_EQ(test::text(result, all_ops.data() + begins[pair]), test::text(paths[pair]))
        << test::case_of(options, paths[pair]);
  }
}

TEST_P(PathLaunch, FindsPathsByLetters) {
  test::Random random(31);
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free, Mode::extend}) {
    AlignOptions options;
    options.mode = mode;
    test::PairSet pairs = test::random_pairs(random, Alphabet::dna, 200, {1, 700}, {1, 700});
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
  for (int round = 0; round < 40; ++round) {
    for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free, Mode::extend}) {
      const test::PathSample sample = test::path_sample(random, mode, Alphabet::protein, round % 2 == 0, 10, 400, 400);
      if (sample.paths.empty()) continue;
      expect_cigars(sample.options, sample.paths, matrix_path_scoring(sample.options));
    }
  }
}

}  // namespace
}  // namespace anneal::align::cuda
