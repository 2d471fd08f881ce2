// Any bytes as the index of a file: what it leads to is of the regions that were asked for, or one error.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/alignments.h"
#include "anneal/io/intervals.h"
#include "anneal/io/reference.h"
#include "anneal/io/variants.h"
#include "fuzz/indexed_files.h"
#include "fuzz/input_file.h"

namespace anneal::fuzz {
namespace {

using Regions = std::vector<io::Region>;

bool is_in(const Regions& regions, std::string_view contig, std::int64_t begin, std::int64_t end) {
  return std::ranges::any_of(regions, [&](const io::Region& region) {
    return region.contig == contig && begin < region.end && end > region.begin;
  });
}

void query_alignments(const std::string& path, const Regions& regions) {
  Regions wanted = regions;
  wanted.push_back({.contig = std::string(io::Region::unplaced)});
  io::AlignmentReader reader(path);
  reader.query(wanted);
  for (io::AlignmentRecord record; reader.read(record);) {
    if (record.reference() < 0) continue;
    require(
        is_in(regions, reader.header().reference_name(record.reference()), record.position(), record.end_position()));
  }
}

void query_variants(const std::string& path, const Regions& regions) {
  io::VariantReader reader(path);
  reader.query(regions);
  for (io::VariantRecord record; reader.read(record);) {
    require(is_in(regions, record.contig(), record.position(), record.end()));
  }
}

void query_intervals(const std::string& path, const Regions& regions) {
  io::BedReader reader(path);
  reader.query(regions);
  for (io::BedRecord record; reader.read(record);) require(is_in(regions, record.contig, record.begin, record.end));
}

// Of a sequence that is longer than the file, its ends.
void fetch_sequences(const std::string& path, const Regions&) {
  constexpr std::int64_t most = 1000;
  const io::ReferenceReader reader(path);
  for (const std::string& name : reader.names()) {
    const std::int64_t length = reader.length(name);
    const io::Region first{.contig = name, .begin = 0, .end = std::min(length, most)};
    const io::Region last{.contig = name, .begin = std::max<std::int64_t>(length - most, 0), .end = length};
    for (const io::Region& region : {first, last}) {
      expect_errors_only(
          [&] { require(static_cast<std::int64_t>(reader.fetch(region).size()) == region.end - region.begin); });
      expect_errors_only([&] { static_cast<void>(reader.fetch_quality(region)); });
    }
  }
}

struct Kind {
  std::string_view file, suffix;
  void (*query)(const std::string& path, const Regions& regions);
};

// The content tells BAI from CSI, and TBI from CSI: one name does for both.
constexpr Kind kinds[] = {
    {"x.bam", ".csi", query_alignments},  {"x.sam.gz", ".csi", query_alignments}, {"x.cram", ".crai", query_alignments},
    {"x.vcf.gz", ".tbi", query_variants}, {"x.bcf", ".csi", query_variants},      {"x.bed.gz", ".tbi", query_intervals},
    {"x.fa", ".fai", fetch_sequences},    {"x.fq", ".fai", fetch_sequences},      {"x.fa.gz", ".fai", fetch_sequences},
    {"y.fa.gz", ".gzi", fetch_sequences},
};

Regions regions_of(unsigned choice) {
  switch (choice % 3) {
    case 0:
      return {{.contig = "chr1"}};
    case 1:
      return {{.contig = "chr1", .begin = 130, .end = 170}, {.contig = "chr2"}};
    default:
      return {{.contig = "chr2", .begin = 0, .end = 20}, {.contig = "chr2", .begin = 400, .end = 450}};
  }
}

// The first byte of the input chooses what the others are the index of, and the regions.
void read_index(std::string_view input) {
  static const IndexedFiles files;
  const unsigned choice = static_cast<unsigned char>(input[0]);
  const Kind& kind = kinds[choice % std::size(kinds)];
  files.put(std::string(kind.file).append(kind.suffix), input.substr(1));
  expect_errors_only([&] { kind.query(files.path(kind.file), regions_of(choice / std::size(kinds))); });
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_index({reinterpret_cast<const char*>(data), size});
  return 0;
}
