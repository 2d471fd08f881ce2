#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "align/cuda/rows_end_kernel.h"
#include "align/gpu/extend_scoring.h"
#include "align/gpu/rows_end_parameters.h"
#include "unit/align/cuda/launch_test.h"
#include "unit/align/recurrence/expect_ends.h"

namespace anneal::align::cuda {
namespace {

using recurrence::EndCell;

/// Compares with the scalar engine.
class RowsEndLaunch : public LaunchTest {
 protected:
  std::vector<EndCell> run(const AlignOptions& options, const test::PairSet& pairs);
};
INSTANTIATE_TEST_SUITE_P(On, RowsEndLaunch, testing::Values(device::cuda::Gpu::fake, device::cuda::Gpu::real),
                         device::cuda::gpu_name);

std::vector<EndCell> RowsEndLaunch::run(const AlignOptions& options, const test::PairSet& pairs) {
  constexpr unsigned blocks = 7;  // fewer than there are pairs
  std::vector<std::string> query_codes, target_codes;
  std::size_t longest_query = 0;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    query_codes.push_back(test::encode(pairs.query(pair), options.matrix));
    target_codes.push_back(test::encode(pairs.target(pair), options.matrix));
    longest_query = std::max(longest_query, query_codes.back().size());
  }
  std::vector<std::int32_t> places(pairs.size());
  std::iota(places.rbegin(), places.rend(), 0);
  const Side queries = upload_side(query_codes, 255), targets = upload_side(target_codes, 255);
  const Buffer<std::int32_t> order = upload(places),
                             centres = upload(pairs.band_centres.empty() ? places : pairs.band_centres);
  const Buffer<recurrence::Word> table = upload(extend_table(options.matrix));
  const Buffer<EndCell> results = memory_->acquire<EndCell>(pairs.size());
  const std::int64_t rows_per_group = rows_end_ints(static_cast<std::int64_t>(longest_query));
  const Buffer<std::int32_t> rows =
      memory_->acquire<std::int32_t>(static_cast<std::size_t>(rows_per_group) * rows_end_groups * blocks);
  const RowsEndBatch batch{.queries = queries.table(),
                           .targets = targets.table(),
                           .band_centres = pairs.band_centres.empty() ? nullptr : centres.data(),
                           .order = order.data(),
                           .pairs = static_cast<std::int32_t>(pairs.size()),
                           .results = results.data(),
                           .table = table.data(),
                           .rows = rows.data(),
                           .rows_per_group = rows_per_group};
  queue_->launch(rows_end_kernel, {.grid = {blocks}, .group = {rows_end_threads}}, batch, rows_end_parameters(options));
  return download(results, pairs.size());
}

TEST_P(RowsEndLaunch, FindsEndsWhateverTheOptions) {
  test::Random random(33);
  for (int round = 0; round < (is_fake() ? 5 : 50); ++round) {
    for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
      const Alphabet alphabet = round % 2 == 0 ? Alphabet::dna : Alphabet::protein;
      const AlignOptions options = test::random_options(random, mode, alphabet);
      test::PairSet pairs = test::random_pairs(random, alphabet, 50, {1, 400}, {1, 400});
      test::add_pair_values(random, options, pairs);
      const std::vector<EndCell> found = run(options, pairs);
      for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
        const int centre = pairs.band_centres.empty() ? 0 : pairs.band_centres[pair];
        const EndCell expected = test::specified_end(options, {pairs.query(pair), pairs.target(pair)}, centre);
        ASSERT_EQ(test::text(found[pair]), test::text(expected)) << test::describe(options) << " pair " << pair;
      }
    }
  }
}

}  // namespace
}  // namespace anneal::align::cuda
