// Writes peaks as BED that BGZF compresses on two threads, and reads the first two that are wide.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <ranges>
#include <string>

#include "anneal/io.h"

namespace {

void write_peaks(const std::string& path, const anneal::io::IoThreads& threads) {
  anneal::io::BedWriter writer(path, {.threads = threads});
  for (const std::int64_t begin : {150, 80, 400, 90, 200}) {
    writer.write({.contig = "chr1", .begin = begin, .end = begin + begin / 10});
  }
  writer.commit();
}

}  // namespace

int main() {
  const std::string path = (std::filesystem::temp_directory_path() / "anneal-example.bed.gz").string();
  const anneal::io::IoThreads threads(2);
  write_peaks(path, threads);

  anneal::io::BedReader peaks(path, {.threads = threads});
  const auto is_wide = [](const anneal::io::BedRecord& peak) { return peak.end - peak.begin >= 15; };
  for (const anneal::io::BedRecord& peak : peaks | std::views::filter(is_wide) | std::views::take(2)) {
    std::printf("%s:%lld-%lld\n", peak.contig.c_str(), static_cast<long long>(peak.begin) + 1,
                static_cast<long long>(peak.end));
  }
  std::filesystem::remove(path);
}
