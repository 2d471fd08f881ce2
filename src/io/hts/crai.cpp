#include "io/hts/crai.h"

#include <fmt/format.h>
#include <htslib/cram.h>
#include <htslib/hfile.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <iterator>
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

}  // namespace

CramContainers::CramContainers(const std::string& index, const InputFile& file, const AlignmentHeader& header)
    : file_(file), checksums_(file, 1) {
  read(index, header);
  for (const Entry& entry : entries_) places_.push_back(entry.place);
  std::ranges::sort(places_);
  places_.erase(std::ranges::unique(places_).begin(), places_.end());
  check_places(index);
}

// A line has six numbers: sequence, begin from 1, span, the container's place, the slice's in it, its size.
void CramContainers::read(const std::string& index, const AlignmentHeader& header) {
  LineReader lines(open_input(index));
  const auto file_size = static_cast<std::int64_t>(std::filesystem::file_size(file_.path()));
  while (lines.peek() != LineReader::end_of_input) {
    const std::string_view line = lines.next().text;
    std::array<std::int64_t, 4> numbers{};
    const char* rest = line.data();
    for (std::int64_t& number : numbers) {
      const auto [end, error] = std::from_chars(rest, line.data() + line.size(), number);
      if (error != std::errc()) refuse_foreign(index, file_.path(), "it has lines that are not those of a CRAI");
      rest = end + (end == line.data() + line.size() ? 0 : 1);
    }
    const auto [reference, begin, span, place] = numbers;
    if (reference >= header.reference_count()) {
      refuse_foreign(
          index, file_.path(),
          fmt::format("it has a sequence {}, and the header has {}", reference + 1, header.reference_count()));
    }
    if (place < 0 || place >= file_size) refuse_foreign(index, file_.path(), "it points behind the end of the file");
    entries_.push_back({reference, begin - 1, begin - 1 + span, static_cast<std::uint64_t>(place)});
  }
}

void CramContainers::check_places(const std::string& index) const {
  constexpr int first_with_checksums = 3;
  if (file_.format().version.major < first_with_checksums) return;
  const InputFile other(file_.path());
  for (const std::uint64_t place : some_of(places_)) {
    if (is_container(other.get()->fp.cram, static_cast<std::int64_t>(place))) continue;
    refuse_foreign(index, file_.path(), fmt::format("no container begins at byte {}", place));
  }
}

bool CramContainers::Entry::overlaps(const IndexedInterval& interval) const {
  if (interval.contig == IndexedInterval::unplaced) return reference < 0;
  return reference == interval.contig && begin < interval.end && end > interval.begin;
}

// It reads from the first to the last of them, and one more to see that nothing follows.
void CramContainers::check(const IndexedInterval& interval) {
  std::uint64_t first = UINT64_MAX, last = 0;
  for (const Entry& entry : entries_) {
    if (!entry.overlaps(interval)) continue;
    first = std::min(first, entry.place);
    last = std::max(last, entry.place);
  }
  for (auto place = std::ranges::lower_bound(places_, first); place != places_.end(); ++place) {
    check_at(*place);
    if (*place > last) return;
  }
}

void CramContainers::check_last() {
  const auto now = static_cast<std::uint64_t>(htell(cram_fd_get_fp(file_.get()->fp.cram)));
  const auto behind = std::ranges::lower_bound(places_, now);
  if (behind != places_.begin()) check_at(*std::prev(behind));
}

void CramContainers::check_at(std::uint64_t place) {
  if (checked_.contains(place)) return;
  checksums_.check_container(place);
  checked_.insert(place);
}

}  // namespace anneal::io::hts
