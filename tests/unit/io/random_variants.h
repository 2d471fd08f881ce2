// Variants of every kind that VCF knows, for tests.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "anneal/io/variants.h"

namespace anneal::test {

class RandomVariants {
 public:
  RandomVariants(std::uint32_t seed, std::size_t samples);

  const io::VariantHeader& header() const { return header_; }
  /// Sorted as files are, over contigs of which one has 10^9 positions.
  std::vector<io::VariantRecord> records(std::size_t count);

 private:
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
  bool chance(double probability) { return std::bernoulli_distribution(probability)(random_); }
  std::string bases(std::size_t least, std::size_t most);
  std::optional<std::int32_t> integer();
  std::optional<float> real();
  std::string allele();
  void add_info(io::VariantRecord& record);
  void add_samples(io::VariantRecord& record, std::size_t alleles);

  std::mt19937 random_;
  io::VariantHeader header_;
  std::size_t samples_;
};

/// Their lines of VCF.
std::vector<std::string> lines_of(const std::vector<io::VariantRecord>& records);
/// Writes a file whole; its name tells the format.
void write_variants(const std::string& path, const io::VariantHeader& header,
                    const std::vector<io::VariantRecord>& records);
/// The lines of all that a reader still has.
std::vector<std::string> read_lines(io::VariantReader& reader);

}  // namespace anneal::test
