#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "cli/align_arguments.h"
#include "cli/align_options.h"
#include "cli/array_benchmark.h"
#include "cli/benchmark.h"
#include "cli/command.h"
#include "cli/crossover.h"
#include "cli/search_benchmark.h"
#include "cli/signals.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

constexpr std::string_view workloads[] = {"align", "search", "crossover", "array"};

constexpr std::string_view dtypes[] = {"bool", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};

constexpr PositionalSpec positionals[] = {
    {.name = "WORKLOAD",
     .help =
         "align, pairs of QUERY and TARGET; search, every QUERY in the database TARGET; crossover, pairs that it makes "
         "itself, in batches of 1, 2, 4 and so on; or array, operations on arrays of numbers",
     .is_file = false,
     .choices = workloads},
    {.name = "QUERY", .help = "align and search: FASTA or FASTQ, plain or compressed", .is_required = false},
    {.name = "TARGET",
     .help = "align and search: the same; search: or a database made by anneal index",
     .is_required = false},
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
    {.name = "top",
     .kind = ValueKind::integer,
     .argument = "K",
     .default_text = "10",
     .min = 1,
     .max = largest_int,
     .group = "Benchmark",
     .help = "search only: find the K best sequences for each query"},
    {.name = "max-pairs",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "1048576",
     .min = 1,
     .max = std::int64_t{1} << 31,
     .group = "Benchmark",
     .help = "crossover only: the largest batch"},
    {.name = "lengths",
     .kind = ValueKind::text,
     .argument = "QxT",
     .default_text = "150x180",
     .group = "Benchmark",
     .help = "crossover only: letters of each query and of each target"},
    {.name = "op",
     .kind = ValueKind::text,
     .argument = "NAME",
     .default_text = "all",
     .group = "Benchmark",
     .help = "array only: one operation; a wrong name lists those that there are"},
    {.name = "size",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "4194304",
     .min = 1,
     .max = std::int64_t{1} << 31,
     .group = "Benchmark",
     .help = "array only: elements of each array; of matrices that are multiplied 4,096 x 4,096 at most"},
    {.name = "dtype",
     .kind = ValueKind::choice,
     .argument = "TYPE",
     .default_text = "f32",
     .choices = dtypes,
     .group = "Benchmark",
     .help = "array only: of the elements"},
    {.name = "json", .group = "Benchmark", .help = "print one JSON object instead of a table"},
});

constexpr auto all_options = joined(bench_options, align_options);

constexpr Example examples[] = {
    {.command = "anneal bench align reads.fq targets.fa -t 1 --output end --repeat 9",
     .meaning = "scores and ends per second on one core"},
    {.command = "anneal bench align reads.fq targets.fa --backend scalar --json",
     .meaning = "one backend, for a program"},
    {.command = "anneal bench search proteins.fa db.fa --top 10 --json",
     .meaning = "cells per second for each query alone, and for all of them together"},
    {.command = "anneal bench crossover --output end",
     .meaning = "from how many pairs on a GPU is faster, and what auto picks"},
    {.command = "anneal bench array --op sum --dtype f64 --size 10000000",
     .meaning = "one operation on arrays, beside a copy of as many elements"},
};

constexpr std::size_t longest = std::size_t{1} << 20;

std::size_t parse_length(std::string_view text, const std::string& all) {
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc{} || end != text.data() + text.size() || length < 1 || length > longest) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("--lengths takes two lengths in 1..{} such as 150x180, not '{}'", longest, all));
  }
  return length;
}

CrossoverArguments crossover_arguments(const Values& values, AlignArguments align) {
  CrossoverArguments arguments{.align = std::move(align)};
  arguments.max_pairs = static_cast<std::size_t>(values.integer("max-pairs", std::int64_t{1} << 20));
  arguments.repeats = static_cast<int>(values.integer("repeat", arguments.repeats));
  const std::string lengths = values.text("lengths", "150x180");
  const std::size_t x = std::min(lengths.find('x'), lengths.size());
  arguments.query_length = parse_length(std::string_view(lengths).substr(0, x), lengths);
  arguments.target_length = parse_length(std::string_view(lengths).substr(std::min(x + 1, lengths.size())), lengths);
  return arguments;
}

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

void check_array_options(const Values& values) {
  constexpr std::string_view taken[] = {"op", "size", "dtype", "backend", "threads", "repeat", "json", "o", "quiet"};
  for (const OptionSpec& option : all_options) {
    if (!values.given(option.key()) || std::ranges::count(taken, option.key()) > 0) continue;
    refuse(fmt::format("bench array takes no --{}, but {}", option.key(),
                       "--op, --size, --dtype, --backend, --threads, "
                       "--repeat, --json and -o"));
  }
}

void check_files(const Values& values) {
  const std::vector<std::string>& given = values.positionals();
  if (given[0] == "array" || given[0] == "crossover") {
    if (given.size() > 1) {
      refuse(fmt::format("bench {} makes its own {} and takes no file, not '{}'", given[0],
                         given[0] == "array" ? "arrays" : "pairs", given[1]));
    }
  }
  if (given[0] == "array") return check_array_options(values);
  for (const std::string_view key : {"op", "size", "dtype"}) {
    if (values.given(key)) refuse(fmt::format("--{} is for bench array only", key));
  }
  if (given[0] == "crossover") return;
  if (given.size() < 3) {
    refuse(fmt::format("{} is missing; see 'anneal bench --help'", given.size() < 2 ? "QUERY" : "TARGET"));
  }
  for (const std::string_view key : {"max-pairs", "lengths"}) {
    if (values.given(key)) refuse(fmt::format("--{} is for bench crossover only", key));
  }
  if (given[0] != "search" && values.given("top")) refuse("--top is for bench search only");
  if (given[0] == "search" && values.text("mode", "local") != "local") {
    refuse(fmt::format("bench search makes local alignments only; leave --mode {} out", values.text("mode")));
  }
}

ArrayBenchmarkArguments array_arguments(const Values& values) {
  ArrayBenchmarkArguments arguments;
  arguments.operation = values.text("op", arguments.operation);
  arguments.size = values.integer("size", arguments.size);
  arguments.dtype = dtype_named(values.text("dtype", name_of(arguments.dtype)));
  arguments.backend = values.text("backend", arguments.backend);
  arguments.threads = static_cast<int>(values.integer("threads", 0));
  arguments.repeats = static_cast<int>(values.integer("repeat", arguments.repeats));
  return arguments;
}

std::string run_workload(const Values& values, const std::optional<AlignArguments>& align,
                         const std::stop_token& stop) {
  const auto print = [&](const auto& report) { return values.given("json") ? to_json(report) : to_table(report); };
  const auto repeats = static_cast<int>(values.integer("repeat", 5));
  const std::string& workload = values.positionals()[0];
  if (!align) return print(run_array_benchmark(array_arguments(values), stop));
  if (workload == "crossover") return print(run_crossover(crossover_arguments(values, *align), stop));
  if (workload == "search") {
    return print(run_search_benchmark(*align, static_cast<std::size_t>(values.integer("top", 10)), repeats, stop));
  }
  return print(run_benchmark(*align, repeats, stop));
}

}  // namespace

const CommandSpec bench_spec = {
    .name = "bench",
    .summary = "measure how fast pairs are aligned, databases searched and arrays computed",
    .description =
        "align reads all of both inputs into memory and aligns them several times in one call of the library. The "
        "total time goes from letters in memory in input order to results; the kernel time is the part in which "
        "kernels fill matrices, divided by the number of threads, or in which any of a GPU's did, of several GPUs "
        "the busiest's. It takes the options of anneal align; those about the format of the output do not matter "
        "here. With --strand both each strand is a pair. GCUPS are thousand million cells (query length times target "
        "length) per second. The checksum covers every field of every result, so that equal checksums mean equal "
        "alignments.\n\n"
        "search reads both inputs into memory, then looks for each query alone and for all of them in one call. Times "
        "go from codes in memory, or in a GPU's memory, to the best hits' scores.\n\n"
        "crossover makes similar pairs from a fixed seed and aligns batches of 1, 2, 4 and more of them by the CPU, "
        "by each GPU, and by auto, in turns. For each size it tells the median times, what auto picked, and auto's "
        "time as a multiple of the best. Pairs are of nucleotides unless --matrix or --alphabet says otherwise. "
        "What auto has to measure first, it measures before.\n\n"
        "array runs operations on arrays of random numbers, in turns: it tells median times, the bytes per second "
        "that have to be read and written once, also as a share of what a copy of --size elements reaches, the time "
        "for few elements, and of products the floating-point operations per second and the share of the rate of one "
        "call of BLAS. Operands are in the backend's memory, and time ends when it is done. Results are compared with "
        "those of plain loops before. --backend is cpu by default here, and takes scalar and the GPUs that arrays can "
        "use.",
    .positionals = positionals,
    .options = all_options,
    .examples = examples,
};

int run_bench(const Values& values) {
  check_files(values);
  std::optional<AlignArguments> align;
  if (values.positionals()[0] != "array") align = align_arguments(values, 1, false);
  SignalGuard signals([] {});
  io::Output output(values.text("o", "-"));
  output.write(run_workload(values, align, signals.token()));
  output.commit();
  return exit_done;
}

}  // namespace anneal::cli
