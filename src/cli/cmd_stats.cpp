#include "base/cpu.h"
#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/distinct_outputs.h"
#include "cli/file_conflicts.h"
#include "cli/stats_run.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "FILE",
     .help = "FASTA or FASTQ, plain or compressed with gzip, bgzip or zstd, or SAM, BAM or CRAM; - is standard input",
     .is_repeated = true},
};

constexpr auto report_options = std::to_array<OptionSpec>({
    {.name = "json",
     .kind = ValueKind::file,
     .argument = "FILE",
     .default_text = "none",
     .group = "Output",
     .help = "all figures, for programs"},
    {.name = "html",
     .kind = ValueKind::file,
     .argument = "FILE",
     .default_text = "none",
     .group = "Output",
     .help = "a page with charts, which needs no other file"},
});

constexpr auto stats_options =
    joined(output_file_options, report_options, cram_options, threads_options, quiet_options);

constexpr Example examples[] = {
    {.command = "anneal stats reads.fq.gz", .meaning = "how many reads, of what length and quality?"},
    {.command = "anneal stats r1.fq.gz r2.fq.gz --html reads.html --json reads.json",
     .meaning = "the same with charts, and for a program"},
    {.command = "anneal stats aligned.bam --html aligned.html", .meaning = "also what is mapped, and insert sizes"},
};

StatsArguments stats_arguments(const Values& values) {
  StatsArguments arguments{.paths = values.positionals(),
                           .output_path = values.text("o", "-"),
                           .json_path = values.text("json"),
                           .html_path = values.text("html"),
                           .reference = values.text("reference"),
                           .threads = static_cast<int>(values.integer("threads", base::usable_processors())),
                           .quiet = values.given("quiet")};
  std::vector<InputFile> inputs;
  inputs.reserve(arguments.paths.size());
  for (const std::string& path : arguments.paths) inputs.push_back({"FILE", path});
  inputs.push_back({"--reference", arguments.reference});
  const OutputFile outputs[] = {
      {"-o", arguments.output_path}, {"--json", arguments.json_path}, {"--html", arguments.html_path}};
  for (const auto& [option, path] : outputs) {
    if (!path.empty()) refuse_file_conflicts(inputs, std::string(path), option);
  }
  refuse_same_outputs(outputs);
  return arguments;
}

}  // namespace

const CommandSpec stats_spec = {
    .name = "stats",
    .summary = "count reads and bases, and tell their lengths, qualities and alignments",
    .description =
        "Prints a table with a line for each file: reads, bases, lengths, N50, the share of G and C, letters N, and "
        "the mean quality with the shares of bases of Q20 and Q30; of SAM, BAM and CRAM also how many reads are "
        "mapped, "
        "paired and duplicates, edits, and insert sizes. All figures, those by position in the read too, go to JSON "
        "and to a page with charts.",
    .positionals = positionals,
    .options = stats_options,
    .examples = examples,
};

int run_stats(const Values& values) {
  report_statistics(stats_arguments(values));
  return exit_done;
}

}  // namespace anneal::cli
