#include "unit/io/random_variants.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <tuple>

namespace anneal::test {
namespace {

constexpr std::string_view header_text =
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=chr1,length=1000000000>\n"
    "##contig=<ID=chr2>\n"
    "##contig=<ID=HLA-A*01:01,length=20000>\n"
    "##FILTER=<ID=q10,Description=\"low, \\\"quality\\\"\">\n"
    "##FILTER=<ID=s50,Description=\"few samples\">\n"
    "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"depth\">\n"
    "##INFO=<ID=AF,Number=A,Type=Float,Description=\"frequencies\">\n"
    "##INFO=<ID=END,Number=1,Type=Integer,Description=\"end\">\n"
    "##INFO=<ID=DB,Number=0,Type=Flag,Description=\"known\">\n"
    "##INFO=<ID=AA,Number=1,Type=String,Description=\"ancestor\">\n"
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n"
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"depths\">\n"
    "##FORMAT=<ID=GL,Number=G,Type=Float,Description=\"likelihoods\">\n"
    "##FORMAT=<ID=NT,Number=1,Type=String,Description=\"note\">\n";

constexpr const char* contigs[] = {"chr1", "chr2", "HLA-A*01:01"};
constexpr std::int64_t lengths[] = {1000000000, 400000000, 20000};

}  // namespace

RandomVariants::RandomVariants(std::uint32_t seed, std::size_t samples)
    : random_(seed), header_(header_text), samples_(samples) {
  for (std::size_t i = 0; i < samples; ++i) header_.add_sample(fmt::format("sample {}", i));
}

std::vector<io::VariantRecord> RandomVariants::records(std::size_t count) {
  std::vector<std::tuple<std::size_t, std::int64_t>> places;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t contig = below(3);
    const auto most = static_cast<std::size_t>(chance(0.5) ? lengths[contig] : 5000);
    places.emplace_back(contig, static_cast<std::int64_t>(below(most)));
  }
  std::ranges::sort(places);
  std::vector<io::VariantRecord> records;
  for (const auto& [contig, position] : places) {
    io::VariantRecord& record = records.emplace_back(header_);
    record.set_contig(contigs[contig]);
    record.set_position(position);
    if (chance(0.5)) record.set_id(fmt::format("rs{}", below(1000000)));
    std::vector<std::string> alleles = {bases(1, chance(0.02) ? 70000 : 5)};
    while (chance(0.6)) alleles.push_back(allele());
    record.set_alleles(alleles);
    if (chance(0.8)) record.set_quality(real());
    const std::vector<std::string> filters[] = {{}, {"PASS"}, {"q10"}, {"q10", "s50"}};
    record.set_filters(filters[below(4)]);
    add_info(record);
    if (samples_ > 0) add_samples(record, alleles.size());
  }
  return records;
}

std::string RandomVariants::bases(std::size_t least, std::size_t most) {
  std::string text(least + below(most - least + 1), 'A');
  for (char& base : text) base = "ACGTN"[below(5)];
  return text;
}

std::optional<std::int32_t> RandomVariants::integer() {
  constexpr std::int32_t edges[] = {0,
                                    127,
                                    128,
                                    -120,
                                    -121,
                                    32767,
                                    32768,
                                    -32760,
                                    -32761,
                                    std::numeric_limits<std::int32_t>::max(),
                                    std::numeric_limits<std::int32_t>::min() + 8};
  if (chance(0.1)) return std::nullopt;
  return chance(0.5) ? static_cast<std::int32_t>(below(100)) : edges[below(std::size(edges))];
}

std::optional<float> RandomVariants::real() {
  if (chance(0.1)) return std::nullopt;
  return static_cast<float>(static_cast<double>(below(2000000)) / 64 - 1000);  // six digits say it, or nearly
}

std::string RandomVariants::allele() {
  const std::string others[] = {"<DEL>", "<INS:ME>", "*", "G]chr2:321681]", bases(1, 6), bases(1, 6)};
  return others[below(std::size(others))];
}

void RandomVariants::add_info(io::VariantRecord& record) {
  if (chance(0.6)) record.set_info("DP", io::VariantIntegers{integer()});
  if (chance(0.5)) record.set_info_flag("DB", true);
  if (chance(0.4)) record.set_info_text("AA", bases(1, 300));
  if (chance(0.2))
    record.set_info("END", io::VariantIntegers{static_cast<std::int32_t>(record.position() + 1 +
                                                                         static_cast<std::int64_t>(below(20000)))});
  io::VariantReals frequencies;
  while (chance(0.6)) frequencies.push_back(real());
  if (!frequencies.empty()) record.set_info("AF", frequencies);
}

void RandomVariants::add_samples(io::VariantRecord& record, std::size_t alleles) {
  std::vector<io::Genotype> genotypes(samples_);
  std::vector<io::VariantIntegers> depths(samples_);
  std::vector<io::VariantReals> likelihoods(samples_);
  std::vector<std::string> notes(samples_);
  for (std::size_t i = 0; i < samples_; ++i) {
    for (std::size_t ploidy = below(4); ploidy > 0; --ploidy) {
      const auto allele = chance(0.2) ? std::nullopt : std::optional(static_cast<int>(below(alleles)));
      genotypes[i].push_back({allele, !genotypes[i].empty() && chance(0.5)});
    }
    while (chance(0.6)) depths[i].push_back(integer());
    while (chance(0.6)) likelihoods[i].push_back(real());
    if (chance(0.7)) notes[i] = bases(1, 20);
  }
  if (chance(0.9)) record.set_genotypes(genotypes);
  if (chance(0.7)) record.set_format("AD", depths);
  if (chance(0.7)) record.set_format("GL", likelihoods);
  if (chance(0.7)) record.set_format_text("NT", notes);
}

std::vector<std::string> lines_of(const std::vector<io::VariantRecord>& records) {
  std::vector<std::string> lines;
  for (const io::VariantRecord& record : records) lines.push_back(record.text());
  return lines;
}

void write_variants(const std::string& path, const io::VariantHeader& header,
                    const std::vector<io::VariantRecord>& records) {
  io::VariantWriter writer(path, header);
  for (const io::VariantRecord& record : records) writer.write(record);
  writer.commit();
}

std::vector<std::string> read_lines(io::VariantReader& reader) {
  std::vector<std::string> lines;
  for (const io::VariantRecord& record : reader) lines.push_back(record.text());
  return lines;
}

}  // namespace anneal::test
