#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "align/cuda/end_kernels.h"
#include "unit/align/cuda/launch_test.h"
#include "unit/align/recurrence/expect_ends.h"

namespace anneal::align::cuda {
namespace {

using recurrence::EndCell;

/// Compares with the scalar engine.
class EndLaunch : public LaunchTest {
 protected:
  std::vector<EndCell> run(const EndKernel& kernel, const AlignOptions& options, const EndScoring& scoring,
                           const std::vector<test::SequencePair>& pairs);
  void expect_ends(const EndKernel& kernel, const AlignOptions& options, const EndScoring& scoring);

 private:
  static recurrence::EndParameters parameters(const EndKernel& kernel, const AlignOptions& options,
                                              const EndScoring& scoring) {
    return end_parameters(options, kernel.penalties(options.gap_open, options.gap_extend, scoring.offset),
                          kernel.highest_exact(options.matrix.highest()));
  }
};
INSTANTIATE_TEST_SUITE_P(On, EndLaunch, testing::Values(device::cuda::Gpu::fake, device::cuda::Gpu::real),
                         device::cuda::gpu_name);

std::vector<EndCell> EndLaunch::run(const EndKernel& kernel, const AlignOptions& options, const EndScoring& scoring,
                                    const std::vector<test::SequencePair>& pairs) {
  // Fewer than there are jobs, where these have no checkpoints.
  const unsigned blocks = kernel.keeps_checkpoints() ? static_cast<unsigned>(kernel.blocks_for(pairs.size())) : 20u;
  std::vector<std::string> query_codes, target_codes;
  std::size_t longest_query = 0, longest_target = 0;
  for (const test::SequencePair& pair : pairs) {
    query_codes.push_back(test::encode(pair.query, options.matrix));
    target_codes.push_back(test::encode(pair.target, options.matrix));
    longest_query = std::max(longest_query, pair.query.size());
    longest_target = std::max(longest_target, pair.target.size());
  }
  std::vector<std::int32_t> places(pairs.size());
  std::iota(places.begin(), places.end(), 0);
  const Side queries = upload_side(query_codes, scoring.padding), targets = upload_side(target_codes, scoring.padding);
  const Buffer<std::int32_t> order = upload(places), undecided = upload(places), count = upload<std::int32_t>({0});
  const Buffer<recurrence::Word> table = upload(scoring.table);
  const Buffer<EndCell> results = memory_->acquire<EndCell>(pairs.size());
  const std::int64_t borders_per_group =
      kernel.borders_per_group(static_cast<std::int64_t>(longest_query), static_cast<std::int64_t>(longest_target));
  const Buffer<recurrence::Border> borders = memory_->acquire<recurrence::Border>(
      static_cast<std::size_t>(borders_per_group * kernel.groups_per_block()) * blocks);
  const Buffer<recurrence::Checkpoints> checkpoints = memory_->acquire<recurrence::Checkpoints>(pairs.size());
  EndBatch batch{.queries = queries.table(),
                 .targets = targets.table(),
                 .order = order.data(),
                 .pairs = static_cast<std::int32_t>(pairs.size()),
                 .results = results.data(),
                 .undecided = undecided.data(),
                 .undecided_count = count.data(),
                 .table = table.data(),
                 .borders = borders.data(),
                 .borders_per_group = borders_per_group,
                 .checkpoints = checkpoints.data()};
  kernel.launch(*queue_, batch, parameters(kernel, options, scoring), blocks);
  if (kernel.shape.form.has_dust()) {
    batch.order = undecided.data();
    batch.counted_pairs = count.data();
    const EndKernel& finisher = undecided_end_kernel();
    finisher.launch(*queue_, batch, parameters(finisher, options, scoring), blocks);
  }
  return download(results, pairs.size());
}

void EndLaunch::expect_ends(const EndKernel& kernel, const AlignOptions& options, const EndScoring& scoring) {
  SCOPED_TRACE(std::to_string(kernel.shape.rows) + " rows, " + std::to_string(kernel.shape.lanes) + " lanes, unit " +
               std::to_string(kernel.shape.form.unit));
  test::Random random(5);
  const int longest = kernel.shape.height() * (kernel.shape.one_strip ? 1 : 2);
  const std::vector<test::SequencePair> pairs =
      test::sample_pairs(random, options.matrix.alphabet(), 40, longest, 300, scoring.kind != ScoreKind::letters);
  const std::vector<EndCell> found = run(kernel, options, scoring, pairs);
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const EndCell expected = test::specified_end(options, pairs[pair]);
    const bool may_overflow = options.mode == Mode::local && kernel.shape.form.parts == 2;
    if (may_overflow && found[pair].score == EndCell::overflowed) continue;
    EXPECT_EQ(test::text(found[pair]), test::text(expected)) << pairs[pair].query << "\n" << pairs[pair].target;
  }
}

TEST_P(EndLaunch, FindsEndsByLetters) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(1, 4);
  options.gap_open = 6;
  options.gap_extend = 1;
  options.free_ends = {.query_begin = true, .query_end = true, .target_begin = false, .target_end = true};
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
    options.mode = mode;
    const EndScoring scoring = letter_scoring(options);
    for (const EndKernel& kernel : end_kernels(mode == Mode::local, scoring.kind)) {
      expect_ends(kernel, options, scoring);
    }
  }
}

TEST_P(EndLaunch, FindsEndsByMatrices) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  options.gap_open = 11;
  options.gap_extend = 1;
  options.free_ends = {.query_begin = false, .query_end = true, .target_begin = true, .target_end = false};
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
    options.mode = mode;
    const EndScoring scoring = matrix_scoring(options);
    for (const EndKernel& kernel : end_kernels(mode == Mode::local, scoring.kind)) {
      expect_ends(kernel, options, scoring);
    }
  }
}

}  // namespace
}  // namespace anneal::align::cuda
