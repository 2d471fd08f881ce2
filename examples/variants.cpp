// Writes two variants of three samples as BCF, and reads how many samples carry each.
#include "anneal/io/variants.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace {

void write_calls(const std::string& path) {
  anneal::io::VariantHeader header;
  header.add_line("##contig=<ID=chr1,length=100000>");
  header.add_line("##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">");
  for (const char* const sample : {"mother", "father", "child"}) header.add_sample(sample);

  anneal::io::VariantWriter writer(path, header);
  anneal::io::VariantRecord record(header);
  record.set_contig("chr1");
  record.set_position(999);  // from 0
  record.set_alleles(std::vector<std::string>{"A", "G"});
  record.set_genotypes(std::vector<anneal::io::Genotype>{{{0}, {1}}, {{0}, {0}}, {{1}, {0, true}}});
  writer.write(record);
  record.set_position(2499);
  record.set_alleles(std::vector<std::string>{"CT", "C", "<DEL>"});
  record.set_genotypes(std::vector<anneal::io::Genotype>{{{2}, {1}}, {{0}, {1}}, {{1}, {1}}});
  writer.write(record);
  writer.commit();
}

}  // namespace

int main() {
  const std::string path = (std::filesystem::temp_directory_path() / "anneal-example.bcf").string();
  write_calls(path);

  anneal::io::VariantReader reader(path);
  for (const anneal::io::VariantRecord& record : reader) {
    std::size_t carriers = 0;
    for (std::size_t sample = 0; sample < record.sample_count(); ++sample) {
      const anneal::io::Genotype genotype = record.genotype(sample);
      carriers += std::ranges::any_of(genotype, [](const auto& allele) { return allele.allele.value_or(0) > 0; });
    }
    std::printf("%s:%lld %zu of %zu\n", std::string(record.contig()).c_str(),
                static_cast<long long>(record.position()) + 1, carriers, record.sample_count());
  }
  std::filesystem::remove(path);
}
