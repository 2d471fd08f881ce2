// Writes alignments as BAM, and reads them again.
#include <cstdio>
#include <filesystem>
#include <string>

#include "anneal/io/alignments.h"

int main() {
  const std::string path = (std::filesystem::temp_directory_path() / "anneal-example.bam").string();
  anneal::io::AlignmentHeader header;
  header.add_reference("chr1", 1000);
  header.add_program({.name = "example", .version = "1"});

  anneal::io::AlignmentWriter writer(path, header, {.format = anneal::io::AlignmentFormat::bam});
  const anneal::CigarOp cigar[] = {{anneal::CigarOp::match, 6}, {anneal::CigarOp::insertion, 2}};
  anneal::io::AlignmentRecord written;
  for (const int position : {99, 199}) {
    const std::string name = "read" + std::to_string(position);
    written.assign({.name = name,
                    .flags = anneal::io::flag_reverse,
                    .reference = 0,
                    .position = position,
                    .cigar = cigar,
                    .sequence = "ACGTACGT"});
    written.set_tag("AS", std::int64_t{6});
    writer.write(written);
  }
  writer.commit();

  const anneal::io::IoThreads threads(2);
  anneal::io::AlignmentReader reader(path, {.threads = threads});
  for (const anneal::io::AlignmentRecord& record : reader) {
    std::printf("%s at %lld, %s\n", std::string(record.name()).c_str(), static_cast<long long>(record.position()),
                anneal::to_string(record.cigar()).c_str());
  }
  std::filesystem::remove(path);
}
