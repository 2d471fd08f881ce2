#include "fuzz/indexed_files.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "anneal/io/alignments.h"
#include "anneal/io/variants.h"
#include "fuzz/input_file.h"
#include "io/bgzf_block.h"
#include "io/file_descriptor.h"
#include "io/hts/sequence_index.h"
#include "io/input.h"

namespace anneal::fuzz {
namespace {

constexpr int record_count = 24;  // half of them on each of two sequences

std::string contig_of(int i) { return i < record_count / 2 ? "chr1" : "chr2"; }
int begin_of(int i) { return 1 + 40 * (i % (record_count / 2)); }

std::string sam() {
  std::string text = "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:1000\n@SQ\tSN:chr2\tLN:500\n";
  for (int i = 0; i < record_count; ++i) {
    text += fmt::format("r{}\t0\t{}\t{}\t60\t10M{}N10M\t*\t0\t0\tACGTACGTACGTACGTACGT\t*\n", i, contig_of(i),
                        begin_of(i), 1 + i % 5 * 30);
  }
  return text + "u\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\tIIII\n";
}

std::string vcf() {
  std::string text =
      "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=1000>\n##contig=<ID=chr2,length=500>\n"
      "##INFO=<ID=END,Number=1,Type=Integer,Description=\"end\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
  for (int i = 0; i < record_count; ++i) {
    text += fmt::format("{}\t{}\t.\tACG\tA\t.\t.\tEND={}\n", contig_of(i), begin_of(i), begin_of(i) + 1 + i % 5 * 30);
  }
  return text;
}

}  // namespace

IndexedFiles::IndexedFiles() {
  write_alignments();
  write_variants();
  write_intervals();
  write_sequences();
}

void IndexedFiles::put(std::string_view name, std::string_view bytes) const {
  const io::FileDescriptor file(::open(path(name).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  require(::pwrite(file.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  require(::ftruncate(file.get(), static_cast<off_t>(bytes.size())) == 0);
}

void IndexedFiles::write_blocks(std::string_view name, std::string_view bytes) const {
  constexpr std::size_t block_size = 150;
  constexpr int stored = 0;  // in as many bytes everywhere: the corpus has indices that fit
  std::string blocks;
  while (!bytes.empty()) {
    io::append_bgzf_block(blocks, bytes.substr(0, block_size), stored);
    bytes.remove_prefix(std::min(block_size, bytes.size()));
  }
  io::append_bgzf_block(blocks, {}, stored);
  folder_.write(name, blocks);
}

void IndexedFiles::write_alignments() const {
  write_blocks("x.sam.gz", sam());
  for (const auto& [name, format] :
       {std::pair("whole.bam", io::AlignmentFormat::bam), std::pair("x.cram", io::AlignmentFormat::cram)}) {
    io::AlignmentReader reader(path("x.sam.gz"));
    io::AlignmentWriter writer(path(name), reader.header(), {.format = format, .compression_level = 0});
    for (io::AlignmentRecord record; reader.read(record);) writer.write(record);
    writer.commit();
  }
  write_blocks("x.bam", io::read_input(path("whole.bam")));
}

void IndexedFiles::write_variants() const {
  write_blocks("x.vcf.gz", vcf());
  io::VariantReader reader(path("x.vcf.gz"));
  io::VariantWriter writer(path("whole.bcf"), reader.header(), {.format = io::VariantFormat::bcf, .level = 0});
  for (io::VariantRecord record; reader.read(record);) writer.write(record);
  writer.commit();
  write_blocks("x.bcf", io::read_input(path("whole.bcf")));
}

void IndexedFiles::write_intervals() const {
  std::string text = "# a comment\n";
  for (int i = 0; i < record_count; ++i) {
    text += fmt::format("{}\t{}\t{}\n", contig_of(i), begin_of(i), begin_of(i) + 1 + i % 5 * 30);
  }
  write_blocks("x.bed.gz", text);
}

void IndexedFiles::write_sequences() const {
  const std::string fasta = ">a one\nACGTACGTAC\nGGTTGGTTCC\nAC\n>b\nTTTT\n>c\nACGTACGTACGTACG\r\nAC\r\n";
  folder_.write("x.fa", fasta);
  folder_.write("x.fq", "@a\nACGT\n+\nIIII\n@b\nGG\n+\n@@\n");
  for (const std::string_view name : {"x.fa.gz", "y.fa.gz"}) {
    write_blocks(name, fasta + ">long\n" + std::string(400, 'A') + "\n" + std::string(150, 'C') + "\n");
    io::hts::build_sequence_index(path(name));
  }
}

}  // namespace anneal::fuzz
