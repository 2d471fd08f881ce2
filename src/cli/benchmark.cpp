#include "cli/benchmark.h"

#include <fmt/core.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "base/median.h"
#include "cli/aligned_chunk.h"
#include "cli/checksum.h"
#include "cli/letter_error.h"
#include "cli/machine_arguments.h"
#include "cli/print.h"
#include "cli/record_stream.h"
#include "cli/resolve_options.h"

namespace anneal::cli {
namespace {

std::vector<double> column(const std::vector<BenchmarkRepeat>& repeats, double BenchmarkRepeat::* member) {
  std::vector<double> values;
  values.reserve(repeats.size());
  for (const BenchmarkRepeat& repeat : repeats) values.push_back(repeat.*member);
  return values;
}

// Pairs, their results and what the engine needs take about six times what the pairs count for.
void read_all(const AlignArguments& arguments, RecordStream& queries, RecordStream& targets, std::uint64_t memory,
              PairChunk& chunk) {
  const ChunkLimits limits{.pairs = std::numeric_limits<std::uint32_t>::max(),
                           .bytes = static_cast<std::size_t>(memory / 8),
                           .strands = arguments.both_strands ? 2 : 1};
  const auto source = arguments.all_vs_all ? make_all_pairs_source(queries, targets, limits, limits.bytes)
                                           : make_paired_source(queries, targets, limits);
  source->next(chunk);
  if (PairChunk rest; source->next(rest)) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("bench holds all pairs in memory, and {} of them fill an eighth of --memory {}, the most it "
                    "takes; give fewer pairs or more memory",
                    chunk.pairs.size(), human_size(memory)));
  }
}

BenchmarkRepeat measure(AlignedChunk& chunk, const Aligner& aligner, std::int32_t h0, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  chunk.align(aligner, h0, {.stop = stop});
  const auto end = std::chrono::steady_clock::now();
  return {.kernel_seconds = chunk.results().kernel_seconds,
          .total_seconds = std::chrono::duration<double>(end - begin).count()};
}

}  // namespace

double BenchmarkReport::kernel_seconds() const {
  return base::median(column(repeats, &BenchmarkRepeat::kernel_seconds));
}
double BenchmarkReport::total_seconds() const { return base::median(column(repeats, &BenchmarkRepeat::total_seconds)); }

BenchmarkReport run_benchmark(const AlignArguments& arguments, int repeats, const std::stop_token& stop) {
  RecordStream queries(arguments.query_path, false, stop);
  RecordStream targets(arguments.target_path, arguments.all_vs_all, stop);
  const ResolvedOptions resolved = resolve_options(arguments, queries, targets);
  const Aligner aligner(resolved.options, arguments.settings);
  if (!arguments.quiet) {
    print_message(fmt::format(
        "backend {}, {}; {}; {}; memory {}", describe_backend(aligner.engine()), counted(aligner.threads(), "thread"),
        resolved.alphabet_note,
        describe_scoring(aligner.options().matrix, {aligner.options().gap_open, aligner.options().gap_extend},
                         aligner.options().second_gap),
        human_size(aligner.memory())));
  }
  AlignedChunk chunk;
  read_all(arguments, queries, targets, aligner.memory(), chunk.input);
  chunk.prepare(arguments.both_strands);

  BenchmarkReport report;
  report.threads = aligner.threads();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(aligner.threads()));
  for (int i = 0; i < repeats; ++i) {
    try {
      report.repeats.push_back(measure(chunk, aligner, arguments.h0, stop));
    } catch (const LetterError& error) {
      rethrow_with_names(error, chunk.input, queries.name(), targets.name());
    }
    const std::uint64_t checksum = checksum_of(chunk.results());
    if (i > 0 && checksum != report.checksum) {
      throw Error(ErrorCode::internal, "two repeats gave different results; please report this with your command");
    }
    report.checksum = checksum;
  }
  report.backend = chunk.results().engine;
  report.pairs = chunk.results().size();
  report.cells = chunk.results().cells;
  report.cells_computed = chunk.results().cells_computed;
  report.fallbacks = chunk.results().fallbacks;
  return report;
}

}  // namespace anneal::cli
