#include "cli/sequence_regions.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "anneal/error.h"
#include "io/bed_regions.h"

namespace anneal::cli {

SequenceRegions::SequenceRegions(const std::string& path, const std::string& bed, const std::vector<std::string>& texts)
    : reader_(path) {
  const auto is_contig = [this](std::string_view name) { return reader_.contains(name); };
  if (!bed.empty()) {
    for (const io::Region& region : io::read_bed_regions(bed, is_contig)) add(io::to_string(region), region);
  }
  for (const std::string& text : texts) add(text, io::parse_region(text, is_contig));
}

void SequenceRegions::add(std::string name, const io::Region& region) {
  regions_.push_back({.name = std::move(name), .region = reader_.resolve(region)});
}

void SequenceRegions::write(io::ByteSink& sink, io::SequenceFormat format, const std::stop_token& stop) const {
  const bool is_fastq = format == io::SequenceFormat::fastq;
  for (const auto& [name, region] : regions_) {
    sink.write((is_fastq ? "@" : ">") + name + '\n');
    write_line(sink, region, stop, [this](const io::Region& part) { return reader_.fetch(part); });
    if (!is_fastq) continue;
    sink.write("+\n");
    write_line(sink, region, stop, [this](const io::Region& part) { return reader_.fetch_quality(part); });
  }
}

template <typename Fetch>
void SequenceRegions::write_line(io::ByteSink& sink, const io::Region& region, const std::stop_token& stop,
                                 Fetch fetch) {
  constexpr std::int64_t most = std::int64_t{1} << 20;
  for (std::int64_t begin = region.begin; begin < region.end; begin += most) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    sink.write(fetch({.contig = region.contig, .begin = begin, .end = std::min(begin + most, region.end)}));
  }
  sink.write("\n");
}

}  // namespace anneal::cli
