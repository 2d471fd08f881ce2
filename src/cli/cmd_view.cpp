#include "cli/command.h"
#include "cli/common_options.h"
#include "cli/sort_options.h"
#include "cli/view_arguments.h"
#include "cli/view_run.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "INPUT",
     .help = "SAM, BAM, CRAM, VCF, BCF, BED, GFF, PAF, FASTA or FASTQ, told by its content; - is standard "
             "input"},
    {.name = "REGION",
     .help =
         "records that overlap it, as chr1 or chr1:1,001-2,000, or * for those without a position; of sequences the "
         "letters within it; needs an index",
     .is_file = false,
     .is_required = false,
     .is_repeated = true},
};

constexpr std::string_view format_choices[] = {"sam", "sam.gz", "bam",   "cram", "vcf",  "vcf.gz",
                                               "bcf", "fasta",  "fastq", "bed",  "gff3", "gtf"};
constexpr std::string_view cram_choices[] = {"2.1", "3.0", "3.1"};

constexpr auto selection_options = std::to_array<OptionSpec>({
    {.name = "regions-file",
     .kind = ValueKind::file,
     .argument = "BED",
     .group = "Selection",
     .help = "alignments or variants that overlap one of its regions, each once; of sequences each region; needs an "
             "index"},
    {.name = "require-flags",
     .short_name = 'f',
     .kind = ValueKind::text,
     .argument = "FLAGS",
     .group = "Selection",
     .help = "records that have all of them: a number such as 0x2, or samtools' names, as PAIRED,READ1"},
    {.name = "exclude-flags",
     .short_name = 'F',
     .kind = ValueKind::text,
     .argument = "FLAGS",
     .group = "Selection",
     .help = "records that have none of them"},
    {.name = "min-mapq",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "0",
     .min = 0,
     .max = 255,
     .group = "Selection",
     .help = "records of at least this mapping quality"},
    {.name = "min-quality",
     .kind = ValueKind::number,
     .argument = "Q",
     .group = "Selection of variants",
     .help = "records of at least this quality; those without one have too little"},
    {.name = "filter",
     .kind = ValueKind::text,
     .argument = "NAMES",
     .group = "Selection of variants",
     .help = "records that have one of these filters, with commas between: PASS, names, or . for none"},
    {.name = "samples",
     .kind = ValueKind::text,
     .argument = "NAMES",
     .group = "Selection of variants",
     .help = "these samples alone, with commas between"},
});

constexpr auto output_options = std::to_array<OptionSpec>({
    {.name = "format",
     .kind = ValueKind::choice,
     .argument = "NAME",
     .default_text = "by the name of FILE, else text, or FASTA or FASTQ as the input",
     .choices = format_choices,
     .group = "Output",
     .help = "of alignments sam, sam.gz, bam or cram, of variants vcf, vcf.gz or bcf, of sequences fasta or fastq, of "
             "GFF bed, gff3 or gtf, of PAF bed"},
    {.name = "header", .group = "Output", .help = "with the header, which is the default"},
    {.name = "no-header", .group = "Output", .help = "without the header, in text"},
    {.name = "header-only", .group = "Output", .help = "no records"},
    {.name = "count", .group = "Output", .help = "print the number of records, and nothing else"},
    {.name = "cram-version",
     .kind = ValueKind::choice,
     .argument = "N",
     .default_text = "3.0",
     .choices = cram_choices,
     .group = "Output",
     .help = "of CRAM"},
    {.name = "no-pg", .group = "Output", .help = "no @PG line for anneal in the header"},
    {.name = "pg-command", .group = "Output", .help = "write the command line into that line"},
});

constexpr auto view_options = joined(selection_options, output_file_options, compression_options, sort_options,
                                     output_options, cram_options, file_threads_options);

constexpr Example examples[] = {
    {.command = "anneal view reads.bam chr1:1,001-2,000", .meaning = "look at a region of an indexed file"},
    {.command = "anneal view -o reads.cram --reference genome.fa reads.bam", .meaning = "convert BAM to CRAM"},
    {.command = "anneal view --count -F UNMAP,SECONDARY --min-mapq 30 reads.cram --reference genome.fa",
     .meaning = "count what is mapped well"},
    {.command = "anneal view -o calls.bcf --filter PASS --min-quality 30 calls.vcf.gz",
     .meaning = "variants that are good"},
    {.command = "anneal view genome.fa chr1:1,001-2,000", .meaning = "letters of an indexed genome"},
    {.command = "anneal view -o reads.fa.gz reads.fq.gz", .meaning = "leave out qualities"},
    {.command = "anneal view --sort -o sorted.bam reads.sam", .meaning = "sort by coordinate, and make the index"},
    {.command = "anneal view --format bam - < reads.sam | anneal view -", .meaning = "in a pipe"},
};

}  // namespace

const CommandSpec view_spec = {
    .name = "view",
    .summary = "convert and filter alignments, variants, intervals and sequences",
    .description =
        "Reads records, drops those that do not fit, and writes the others in any of the formats of their kind: SAM, "
        "BAM and CRAM, VCF and BCF, FASTQ and FASTA, or GFF3 and GTF; lines of BED, PAF and GFF whose dialect nothing "
        "names stay as they are. A file that is truncated or damaged is an error, also where its end marker alone is "
        "missing.\n\n"
        "Regions are read through the index beside the file, which anneal index makes.",
    .positionals = positionals,
    .options = view_options,
    .examples = examples,
};

int run_view(const Values& values) {
  view_file(view_arguments(values));
  return exit_done;
}

}  // namespace anneal::cli
