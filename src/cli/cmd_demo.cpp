#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "align/reverse_complement.h"
#include "anneal/align.h"
#include "cli/command.h"
#include "cli/demo_data.h"
#include "cli/print.h"
#include "io/cigar_stats.h"
#include "io/input.h"
#include "io/record_writer.h"
#include "io/sequence_reader.h"

namespace anneal::cli {
namespace {

constexpr Example examples[] = {
    {.command = "anneal demo", .meaning = "see it work on real sequences"},
};

io::RecordBatch parse(const std::string& name, std::string_view fasta) {
  io::SequenceReader reader(io::open_memory(name, fasta));
  io::RecordBatch batch;
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  reader.read(batch, all, all);
  return batch;
}

bool wants_color() { return isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr; }

double identity(std::span<const CigarOp> cigar) {
  const io::CigarStats stats = io::count_columns(cigar);
  return 100.0 * static_cast<double>(stats.matches) / static_cast<double>(stats.columns());
}

std::string pretty(const io::AlignedPair& record) {
  std::string text;
  io::find_record_format("pretty")
      .make({.color = wants_color(), .version = {}, .command_line = {}})
      ->append(text, record);
  return text;
}

/// The strand of a read that aligns better, as letters that the aligner is given.
std::string reversed(std::string_view sequence) {
  std::string result(sequence.size(), ' ');
  align::reverse_complement(sequence, result.data());
  return result;
}

struct Section {
  std::string text;
  std::size_t alignments = 0;
  std::string engine = {};  ///< that made them
};

Section reads_against_genome() {
  const io::RecordBatch genome = parse("phiX174", phix174_fasta);
  const io::RecordBatch reads = parse("reads", phix174_reads_fasta);
  std::vector<std::string> strands;
  for (const std::string_view read : reads.sequences()) {
    strands.emplace_back(read);
    strands.push_back(reversed(read));
  }
  const std::vector<std::string_view> queries(strands.begin(), strands.end());
  const Aligner aligner(AlignOptions{});
  const AlignResults results = aligner.align({.queries = queries, .targets = genome.sequences()});

  std::string text = fmt::format(
      "Illumina reads (run SRR1377138) against the genome of bacteriophage phiX174 (NC_001422.1, {} bp),\n"
      "local, match 1, mismatch -4, a gap of length n costs 6 + n:\n\n{:<16}{:>7}{:>8}{:>8}{:>7}{:>11}\n",
      genome[0].sequence.size(), "read", "strand", "begin", "end", "score", "identity");
  for (std::size_t read = 0; read < reads.size(); ++read) {
    const bool reverse = results[2 * read + 1].score > results[2 * read].score;
    const std::size_t best = 2 * read + (reverse ? 1 : 0);
    text += fmt::format("{:<16}{:>7}{:>8}{:>8}{:>7}{:>10.1f}%\n", reads[read].name, reverse ? "-" : "+",
                        results[best].target_begin, results[best].target_end, results[best].score,
                        identity(results.cigar(best)));
  }
  return {text, results.size()};
}

std::string globin_table(const io::RecordBatch& globins, const Aligner& aligner) {
  std::string text = fmt::format("{:<10}", "identity");
  for (const io::Record& target : globins.records()) text += fmt::format("{:>9}", target.name);
  text += '\n';
  for (const io::Record& query : globins.records()) {
    const AlignResults row = aligner.align({.queries = {&query.sequence, 1}, .targets = globins.sequences()});
    text += fmt::format("{:<10}", query.name);
    for (std::size_t i = 0; i < row.size(); ++i) text += fmt::format("{:>8.1f}%", identity(row.cigar(i)));
    text += fmt::format("   {}\n", query.comment);
  }
  return text;
}

Section globins_against_each_other() {
  const io::RecordBatch globins = parse("globins", globins_fasta);
  AlignOptions options;
  options.mode = Mode::global;
  options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  options.gap_open = 11;
  const Aligner aligner(options);
  const auto sequences = globins.sequences();
  const AlignResults results = aligner.align({.queries = sequences.subspan(0, 1), .targets = sequences.subspan(1, 1)});
  std::string text = "Globins (UniProt), global, BLOSUM62, a gap of length n costs 11 + n:\n\n";
  text += pretty({.query_name = globins[0].name,
                  .query = sequences[0],
                  .query_quality = {},
                  .target_name = globins[1].name,
                  .target = sequences[1],
                  .alignment = results[0],
                  .cigar = results.cigar(0),
                  .matrix = aligner.options().matrix});
  return {text + globin_table(globins, aligner), results.size() + globins.size() * globins.size(), results.engine};
}

}  // namespace

const CommandSpec demo_spec = {
    .name = "demo",
    .summary = "align bundled real sequences and show the result",
    .description =
        "Aligns sequences that the program carries: reads of bacteriophage phiX174 with its genome, and globins "
        "with each other. Takes well under five seconds and needs no files.",
    .examples = examples,
};

int run_demo(const Values&) {
  const auto begin = std::chrono::steady_clock::now();
  const Section reads = reads_against_genome();
  const Section globins = globins_against_each_other();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  print(
      fmt::format("{}\n{}\n{} exact alignments on {} in {:.3f} s. Next, with your own files:\n\n"
                  "  anneal align reads.fq.gz targets.fa > out.paf\n"
                  "  anneal align --all-vs-all --mode global -f pretty a.fa b.fa\n"
                  "  anneal devices\n"
                  "  anneal align --help\n",
                  reads.text, globins.text, reads.alignments + globins.alignments, globins.engine, seconds));
  return exit_done;
}

}  // namespace anneal::cli
