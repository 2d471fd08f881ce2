#include <fmt/format.h>

#include "anneal/error.h"
#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/file_conflicts.h"
#include "cli/index_run.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "INPUT", .help = "FASTA or FASTQ, plain or compressed with gzip, bgzip or zstd; - is standard input"},
};

// What the index is for. One of them has to be given.
constexpr auto kind_options = std::to_array<OptionSpec>({
    {.name = "search", .group = "Kind", .help = "a database for anneal search, which then need not parse it"},
});

constexpr auto other_options = std::to_array<OptionSpec>({
    {.name = "alphabet",
     .kind = ValueKind::choice,
     .argument = "NAME",
     .default_text = "auto",
     .choices = alphabet_choices,
     .group = "Input",
     .help = "of the letters; auto decides from the first 1,000 records, and says so"},
    {.short_name = 'o',
     .kind = ValueKind::file,
     .argument = "FILE",
     .default_text = "INPUT.anneal",
     .group = "Output",
     .help = "the file to write, which appears under its name only when it is whole"},
    {.name = "quiet", .short_name = 'q', .group = "Output", .help = "no messages on standard error other than errors"},
});

constexpr auto index_options = joined(kind_options, other_options);

constexpr Example examples[] = {
    {.command = "anneal index --search uniprot_sprot.fasta.gz -o sprot.anneal", .meaning = "prepare a database once"},
    {.command = "anneal search proteins.fa sprot.anneal > hits.tsv", .meaning = "search it, as often as you like"},
};

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::string output_path(const Values& values, const std::string& input) {
  if (values.given("o")) return values.text("o");
  if (input == "-") refuse("standard input has no name to make that of the output from; give -o FILE");
  return input + ".anneal";
}

IndexArguments index_arguments(const Values& values) {
  if (!values.given("search")) refuse("say what the index is for: give --search, for a database of anneal search");
  const std::string& input = values.positionals()[0];
  IndexArguments arguments{
      .input_path = input, .output_path = output_path(values, input), .quiet = values.given("quiet")};
  const std::string alphabet = values.text("alphabet", "auto");
  if (alphabet != "auto") arguments.alphabet = alphabet == "dna" ? Alphabet::dna : Alphabet::protein;
  const InputFile inputs[] = {{"INPUT", input}};
  refuse_file_conflicts(inputs, arguments.output_path);
  return arguments;
}

}  // namespace

const CommandSpec index_spec = {
    .name = "index",
    .summary = "prepare sequences so that they need not be parsed again",
    .description =
        "With --search, writes a database that anneal search maps into memory. Its output is the same, byte for byte, "
        "as with the sequences themselves, but for the name of the database. The file can be read on machines with "
        "the same byte order, and notices when it was damaged.",
    .positionals = positionals,
    .options = index_options,
    .examples = examples,
};

int run_index(const Values& values) {
  prepare_database(index_arguments(values));
  return exit_done;
}

}  // namespace anneal::cli
