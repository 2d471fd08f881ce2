#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "align/cuda/extend_kernels.h"
#include "unit/align/cuda/launch_test.h"
#include "unit/align/recurrence/expect_extensions.h"

namespace anneal::align::cuda {
namespace {

using recurrence::ExtendEnd;

/// Compares with the scalar engine.
class ExtendLaunch : public LaunchTest {
 protected:
  /// The pairs of a set that a kernel takes.
  struct Pairs {
    std::vector<std::string> queries, targets;  // codes
    std::vector<std::int32_t> h0, bands;
    std::vector<ExtendEnd> expected;
    std::size_t longest_query = 0;

    void add(const AlignOptions& options, const ExtendKernel& kernel, const test::SequencePair& pair, int pair_h0);
  };

  std::vector<ExtendEnd> run(const ExtendKernel& kernel, const AlignOptions& options, const Pairs& pairs);
  void expect_extensions(const ExtendKernel& kernel, Alphabet alphabet);
};
INSTANTIATE_TEST_SUITE_P(On, ExtendLaunch, testing::Values(device::cuda::Gpu::real), device::cuda::gpu_name);

void ExtendLaunch::Pairs::add(const AlignOptions& options, const ExtendKernel& kernel, const test::SequencePair& pair,
                              int pair_h0) {
  const auto query_length = static_cast<std::int64_t>(pair.query.size());
  const auto target_length = static_cast<std::int64_t>(pair.target.size());
  const std::int64_t band = std::min<std::int64_t>(extension_band(query_length, options), 1 << 30);
  const int highest = options.matrix.highest();
  if (!kernel.takes_pair(recurrence::extend_need(query_length, target_length, band, pair_h0, highest))) return;
  queries.push_back(test::encode(pair.query, options.matrix));
  targets.push_back(test::encode(pair.target, options.matrix));
  h0.push_back(pair_h0);
  bands.push_back(static_cast<std::int32_t>(band));
  expected.push_back(test::specified_extension(options, pair, pair_h0));
  longest_query = std::max(longest_query, pair.query.size());
}

std::vector<ExtendEnd> ExtendLaunch::run(const ExtendKernel& kernel, const AlignOptions& options, const Pairs& pairs) {
  constexpr unsigned blocks = 7;  // fewer than there are pairs
  std::vector<std::int32_t> places(pairs.h0.size());
  std::iota(places.rbegin(), places.rend(), 0);
  const Side queries = upload_side(pairs.queries, 255), targets = upload_side(pairs.targets, 255);
  const Buffer<std::int32_t> order = upload(places), h0 = upload(pairs.h0), bands = upload(pairs.bands);
  const Buffer<recurrence::Word> table = upload(extend_table(options.matrix));
  const Buffer<ExtendEnd> results = memory_->acquire<ExtendEnd>(places.size());
  const std::int64_t rows_per_group = kernel.rows_per_group(static_cast<std::int64_t>(pairs.longest_query));
  const Buffer<std::int32_t> rows =
      memory_->acquire<std::int32_t>(static_cast<std::size_t>(rows_per_group * kernel.groups_per_block()) * blocks);
  const ExtendBatch batch{.queries = queries.table(),
                          .targets = targets.table(),
                          .h0 = h0.data(),
                          .bands = bands.data(),
                          .order = order.data(),
                          .pairs = static_cast<std::int32_t>(places.size()),
                          .results = results.data(),
                          .table = table.data(),
                          .rows = rows.data(),
                          .rows_per_group = rows_per_group};
  kernel.launch(*queue_, batch, kernel.make_parameters(extend_costs(options)), blocks);
  return download(results, places.size());
}

void ExtendLaunch::expect_extensions(const ExtendKernel& kernel, Alphabet alphabet) {
  SCOPED_TRACE(std::to_string(kernel.shape.lanes) + " lanes, " + std::to_string(kernel.shape.cells) + " cells");
  test::Random random(test::seed_of("ExtendLaunch"));
  const int width = kernel.shape.in_memory() ? 300 : kernel.shape.width();
  for (int round = 0; round < 30; ++round) {
    const AlignOptions options = test::random_extension(random, alphabet, width);
    if (!kernel.takes_penalties(options.gap_open, options.gap_extend)) continue;
    Pairs pairs;
    for (int count = 0; count < 60; ++count) {
      const int longest = count % 4 == 0 ? 3 * width : width * 2 / 3 + 20;
      const test::SequencePair pair = count % 2 == 0
                                          ? test::pair_with_gap(random, alphabet, longest)
                                          : test::random_pair(random, alphabet, random.pick(test::all_pair_kinds),
                                                              random.between(0, longest), random.between(0, longest));
      pairs.add(options, kernel, pair, random.between(1, 100));
    }
    if (pairs.h0.empty()) continue;
    const std::vector<ExtendEnd> found = run(kernel, options, pairs);
    for (std::size_t pair = 0; pair < found.size(); ++pair) {
      ASSERT_EQ(test::text(found[pair]), test::text(pairs.expected[pair]))
          << test::describe(options) << " pair " << pair << " of " << found.size();
    }
  }
}

TEST_P(ExtendLaunch, ExtendsByFewLetters) {
  for (const ExtendKernel& kernel : extend_kernels(5)) expect_extensions(kernel, Alphabet::dna);
}

TEST_P(ExtendLaunch, ExtendsByAnyLetters) {
  for (const ExtendKernel& kernel : extend_kernels(24)) expect_extensions(kernel, Alphabet::protein);
}

}  // namespace
}  // namespace anneal::align::cuda
