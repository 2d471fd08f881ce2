#include "io/hts/crai.h"

#include <fmt/format.h>
#include <htslib/cram.h>
#include <htslib/hfile.h>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "io/hts/index_contents.h"
#include "io/hts/index_path.h"
#include "io/input.h"
#include "io/line_reader.h"

namespace anneal::io::hts {
namespace {

struct FreeContainer {
  void operator()(cram_container* container) const { cram_free_container(container); }
};

// From version 3 on, a container's header has a checksum, so that nothing else can be taken for one.
bool is_container(cram_fd* cram, std::int64_t place) {
  if (hseek(cram_fd_get_fp(cram), place, SEEK_SET) < 0) return false;
  return std::unique_ptr<cram_container, FreeContainer>(cram_read_container(cram)) != nullptr;
}

void check_containers(const std::vector<std::uint64_t>& places, const std::string& index, const InputFile& file) {
  constexpr int first_with_checksums = 3;
  if (file.format().version.major < first_with_checksums) return;
  const InputFile other(file.path());
  for (const std::uint64_t place : some_of(places)) {
    if (is_container(other.get()->fp.cram, static_cast<std::int64_t>(place))) continue;
    refuse_foreign(index, file.path(), fmt::format("no container begins at byte {}", place));
  }
}

}  // namespace

// A line has six numbers: sequence, begin, span, the container's place, the slice's in it, its size.
void check_crai(const std::string& path, const InputFile& file, const AlignmentHeader& header) {
  LineReader lines(open_input(path));
  const auto file_size = static_cast<std::int64_t>(std::filesystem::file_size(file.path()));
  std::vector<std::uint64_t> places;
  while (lines.peek() != LineReader::end_of_input) {
    const std::string_view line = lines.next().text;
    std::int64_t numbers[4] = {};
    const char* rest = line.data();
    for (std::int64_t& number : numbers) {
      const auto [end, error] = std::from_chars(rest, line.data() + line.size(), number);
      if (error != std::errc()) refuse_foreign(path, file.path(), "it has lines that are not those of a CRAI");
      rest = end + (end == line.data() + line.size() ? 0 : 1);
    }
    if (numbers[0] >= header.reference_count()) {
      refuse_foreign(
          path, file.path(),
          fmt::format("it has a sequence {}, and the header has {}", numbers[0] + 1, header.reference_count()));
    }
    if (numbers[3] < 0 || numbers[3] >= file_size) {
      refuse_foreign(path, file.path(), "it points behind the end of the file");
    }
    const auto place = static_cast<std::uint64_t>(numbers[3]);
    if (places.empty() || places.back() != place) places.push_back(place);
  }
  check_containers(places, path, file);
}

}  // namespace anneal::io::hts
