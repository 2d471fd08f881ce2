#include <fmt/core.h>

#include <initializer_list>

#include "anneal/error.h"
#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/file_conflicts.h"
#include "cli/index_alignments.h"
#include "cli/index_formats.h"
#include "cli/index_kind.h"
#include "cli/index_run.h"
#include "cli/map_arguments.h"
#include "cli/map_options.h"
#include "cli/map_run.h"
#include "cli/open_hts_file.h"
#include "cli/print.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "INPUT",
     .help = "SAM, BAM, CRAM, VCF, BCF, BED, GFF, PAF, FASTA or FASTQ; with --search FASTA or FASTQ, plain or "
             "compressed with gzip, bgzip or zstd, - being standard input"},
};

// What the index is for. Other files need none of them: there is one kind for each format.
constexpr auto kind_options = std::to_array<OptionSpec>({
    {.name = "search", .group = "Kind", .help = "a database for anneal search, which then need not parse it"},
    {.name = "map", .group = "Kind", .help = "a genome for anneal map, which then need not look for its minimizers"},
});

constexpr auto other_options = std::to_array<OptionSpec>({
    {.short_name = 'x',
     .kind = ValueKind::choice,
     .argument = "PRESET",
     .default_text = "sr",
     .choices = map_preset_choices,
     .group = "Input",
     .help = "with --map: the preset that the genome is for, as in anneal map"},
    {.name = "alphabet",
     .kind = ValueKind::choice,
     .argument = "NAME",
     .default_text = "auto",
     .choices = alphabet_choices,
     .group = "Input",
     .help = "of the letters; auto decides from the first 1,000 records, and says so"},
    {.name = "csi", .group = "Regions", .help = "CSI, which is the default for SAM, BAM, VCF and BCF"},
    {.name = "bai", .group = "Regions", .help = "of SAM and BAM, BAI, for sequences of at most 512 Mbp"},
    {.name = "tbi", .group = "Regions", .help = "of VCF, BED, GFF and PAF, TBI, for positions up to 512 Mbp"},
    {.name = "min-shift",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "14",
     .min = 1,
     .max = 30,
     .group = "Regions",
     .help = "of CSI for SAM and BAM: its smallest intervals have 2^N positions"},
    {.short_name = 'o',
     .kind = ValueKind::file,
     .argument = "FILE",
     .default_text = "INPUT.csi, .bai, .tbi or .crai; INPUT.anneal; INPUT.mmi",
     .group = "Output",
     .help = "the file to write, which appears under its name only when it is whole"},
});

constexpr auto index_threads_options = [] {
  auto options = file_threads_options;
  options[0].help = "threads that compress and decompress, or make the index of a genome";
  return options;
}();

constexpr auto index_options = joined(kind_options, other_options, index_threads_options, quiet_options);

constexpr Example examples[] = {
    {.command = "anneal index reads.bam", .meaning = "an index, by which anneal view finds regions"},
    {.command = "anneal index --search uniprot_sprot.fasta.gz -o sprot.anneal", .meaning = "prepare a database once"},
    {.command = "anneal search proteins.fa sprot.anneal > hits.tsv", .meaning = "search it, as often as you like"},
    {.command = "anneal index --map -x map-hifi genome.fa -o genome.mmi", .meaning = "prepare a genome for long reads"},
};

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::string output_path(const Values& values, const std::string& input) {
  if (values.given("o")) return values.text("o");
  if (input == "-") refuse("standard input has no name to make that of the output from; give -o FILE");
  return input + ".anneal";
}

void refuse_options(const Values& values, std::initializer_list<std::string_view> keys, std::string_view why) {
  for (const std::string_view key : keys) {
    if (values.given(key)) refuse(fmt::format("--{} {}; leave it out", key, why));
  }
}

void index_genome(const Values& values) {
  refuse_options(values, {"search", "alphabet", "csi", "bai", "tbi", "min-shift"}, "does not go with --map");
  const std::string& input = values.positionals()[0];
  if (!values.given("o") && input == "-") {
    refuse("standard input has no name to make that of the output from; give -o FILE");
  }
  const std::string output = values.given("o") ? values.text("o") : input + ".mmi";
  const InputFile inputs[] = {{"INPUT", input}};
  refuse_file_conflicts(inputs, output);
  const int threads = static_cast<int>(values.integer("threads", usual_file_threads()));
  write_map_index(input, map_preset(values), output, threads, values.given("quiet"));
}

IndexArguments database_arguments(const Values& values) {
  refuse_options(values, {"csi", "bai", "tbi", "min-shift", "threads"}, "does not go with --search");
  const std::string& input = values.positionals()[0];
  IndexArguments arguments{
      .input_path = input, .output_path = output_path(values, input), .quiet = values.given("quiet")};
  const std::string alphabet = values.text("alphabet", "auto");
  if (alphabet != "auto") arguments.alphabet = alphabet == "dna" ? Alphabet::dna : Alphabet::protein;
  const InputFile inputs[] = {{"INPUT", input}};
  refuse_file_conflicts(inputs, arguments.output_path);
  return arguments;
}

AlignmentIndexArguments alignment_arguments(const Values& values, bool is_cram) {
  refuse_options(values, {"tbi"}, "is for VCF, BED, GFF and PAF");
  if (is_cram) refuse_options(values, {"csi", "bai", "min-shift"}, "is for SAM and BAM; the index of CRAM is CRAI");
  constexpr std::string_view of_cram[] = {"crai"}, of_others[] = {"csi", "bai"};
  const auto possible = is_cram ? std::span<const std::string_view>(of_cram) : of_others;
  const std::string& input = values.positionals()[0];
  const std::string_view option = values.given("csi") ? "csi" : values.given("bai") ? "bai" : "";
  const bool is_bai = index_kind(option, values.text("o"), input, possible) == "bai";
  if (is_bai) refuse_options(values, {"min-shift"}, "is for CSI");
  return {
      .input_path = input,
      .output_path = values.text("o"),
      .format = is_bai ? io::AlignmentIndexFormat::bai : io::AlignmentIndexFormat::csi,
      .min_shift = static_cast<int>(values.integer("min-shift", 14)),
      .threads = static_cast<int>(values.integer("threads", usual_file_threads())),
      .quiet = values.given("quiet"),
  };
}

void index_other_file(const Values& values) {
  refuse_options(values, {"min-shift", "bai"}, "is for SAM and BAM");
  const auto kind = values.given("csi")   ? io::hts::RegionIndex::csi
                    : values.given("tbi") ? io::hts::RegionIndex::tbi
                                          : io::hts::RegionIndex::automatic;
  const io::IoThreads threads(static_cast<int>(values.integer("threads", usual_file_threads())));
  const std::vector<std::string> written =
      index_file(values.positionals()[0], {.kind = kind, .output_path = values.text("o"), .threads = threads});
  if (values.given("quiet")) return;
  for (const std::string& path : written) print_message(fmt::format("wrote '{}'", path));
}

void remove_temporary_indices(const Values& values) {
  if (values.given("o")) return remove_temporary_output(values.text("o"));
  for (const char* const suffix : {".csi", ".bai", ".tbi", ".crai", ".fai", ".gzi"}) {
    try {
      remove_temporary_output(values.positionals()[0] + suffix);
    } catch (const Error&) {
      continue;  // a folder of that name has no temporary file
    }
  }
}

void index_any_file(const Values& values) {
  refuse_options(values, {"alphabet"}, "goes with --search only");
  if (values.given("csi") + values.given("bai") + values.given("tbi") > 1) {
    refuse("--csi, --bai and --tbi contradict each other; give one of them");
  }
  const std::string& input = values.positionals()[0];
  if (input == "-") refuse("an index is that of a file, not of standard input; give a file");
  const InputFile inputs[] = {{"INPUT", input}};
  if (values.given("o")) refuse_file_conflicts(inputs, values.text("o"));
  const SignalGuard signals([&values] { remove_temporary_indices(values); });
  if (const auto format = find_alignment_format(input)) {
    index_alignment_file(alignment_arguments(values, *format == io::AlignmentFormat::cram));
  } else {
    index_other_file(values);
  }
}

}  // namespace

const CommandSpec index_spec = {
    .name = "index",
    .summary = "make the index of a file, or prepare a database",
    .description =
        "Writes the index by which anneal view finds regions: of BAM, BCF, and SAM and VCF that BGZF compresses CSI, "
        "unless --bai or --tbi asks for the older kinds; of such BED, GFF and PAF TBI, or CSI where sequences are "
        "longer than 512 Mbp; of CRAM CRAI; of FASTA and FASTQ FAI, and GZI where BGZF compresses them. Records must "
        "be in order.\n\n"
        "With --search, writes a database that anneal search maps into memory. Its output is the same, byte for byte, "
        "as with the sequences themselves, but for the name of the database. The file can be read on machines with "
        "the same byte order, and notices when it was damaged.\n\n"
        "With --map, writes the minimizers of a genome and its letters, for anneal map with the same preset.",
    .positionals = positionals,
    .options = index_options,
    .examples = examples,
};

int run_index(const Values& values) {
  if (values.given("x") && !values.given("map")) refuse("-x goes with --map only; leave it out");
  if (values.given("map")) {
    index_genome(values);
  } else if (values.given("search")) {
    prepare_database(database_arguments(values));
  } else {
    index_any_file(values);
  }
  return exit_done;
}

}  // namespace anneal::cli
