
#include <algorithm>
#include <array>

#include "cli/align_arguments.h"
#include "cli/align_options.h"
#include "cli/benchmark.h"
#include "cli/command.h"
#include "cli/signals.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

constexpr std::string_view workloads[] = {"align"};

constexpr PositionalSpec positionals[] = {
    {.name = "WORKLOAD", .help = "align", .is_file = false, .choices = workloads},
    {.name = "QUERY", .help = "FASTA or FASTQ, as for anneal align"},
    {.name = "TARGET", .help = "FASTA or FASTQ, as for anneal align"},
};

constexpr auto bench_options = std::to_array<OptionSpec>({
    {.name = "repeat",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "5",
     .min = 1,
     .max = 100000,
     .group = "Benchmark",
     .help = "measure N times and report medians"},
    {.name = "json", .group = "Benchmark", .help = "print one JSON object instead of a table"},
});

constexpr auto all_options = [] {
  std::array<OptionSpec, bench_options.size() + align_options.size()> all{};
  auto end = std::copy(bench_options.begin(), bench_options.end(), all.begin());
  std::copy(align_options.begin(), align_options.end(), end);
  return all;
}();

constexpr Example examples[] = {
    {.command = "anneal bench align reads.fq targets.fa -t 1 --output end --repeat 9",
     .meaning = "scores and ends per second on one core"},
    {.command = "anneal bench align reads.fq targets.fa --backend scalar --json",
     .meaning = "one backend, for a program"},
};

}  // namespace

const CommandSpec bench_spec = {
    .name = "bench",
    .summary = "measure how fast pairs are aligned",
    .description =
        "Reads all of both inputs into memory and aligns them several times in one call of the library. The total time "
        "goes from letters in memory in input order to results; the kernel time is the part in which kernels fill "
        "matrices, divided by the number of threads. It takes the options of anneal align; those about the format of "
        "the output do not matter here. With --strand both each strand is a pair. GCUPS are thousand "
        "million cells (query length times target length) per second. The checksum covers every field of every result, "
        "so that equal checksums mean equal alignments.",
    .positionals = positionals,
    .options = all_options,
    .examples = examples,
};

int run_bench(const Values& values) {
  const AlignArguments arguments = align_arguments(values, 1, false);
  SignalGuard signals([] {});
  io::Output output(arguments.output_path);
  const BenchmarkReport report =
      run_benchmark(arguments, static_cast<int>(values.integer("repeat", 5)), signals.token());
  output.write(values.given("json") ? to_json(report) : to_table(report));
  output.commit();
  return exit_done;
}

}  // namespace anneal::cli
