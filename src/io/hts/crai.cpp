#include "io/hts/crai.h"

#include <fmt/core.h>
#include <htslib/cram.h>
#include <htslib/hfile.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "io/hts/index_contents.h"
#include "io/hts/index_path.h"
#include "io/input.h"
#include "io/line_reader.h"

namespace anneal::io::hts {
namespace {

constexpr std::int64_t no_reference = -1;
constexpr std::int64_t largest = std::int64_t{1} << 61;  // number in an index: sums of two are numbers still

struct FreeContainer {
  void operator()(cram_container* container) const { cram_free_container(container); }
};

// What is behind the header of the container at a place, and where that begins; nothing where there is none. From
// version 3 on, a container's header has a checksum, so that nothing else can be taken for one.
struct Body {
  std::int64_t begin, length;
};

std::optional<Body> body_at(cram_fd* cram, std::int64_t place) {
  hFILE* const stream = cram_fd_get_fp(cram);
  if (hseek(stream, place, SEEK_SET) < 0) return std::nullopt;
  const std::unique_ptr<cram_container, FreeContainer> container(cram_read_container(cram));
  if (container == nullptr) return std::nullopt;
  return Body{htell(stream), cram_container_get_length(container.get())};
}

}  // namespace

CramContainers::CramContainers(const std::string& index, const InputFile& file, const AlignmentHeader& header)
    : file_(file), checksums_(file, 1) {
  read(index, header);
  for (const Entry& entry : entries_) places_.push_back(entry.place);
  std::ranges::sort(places_);
  places_.erase(std::ranges::unique(places_).begin(), places_.end());
  check_places(index);
  sort_entries();
}

void CramContainers::sort_entries() {
  for (Entry& entry : entries_) entry.reference = std::max<std::int64_t>(entry.reference, no_reference);
  std::ranges::sort(entries_, {}, [](const Entry& entry) { return std::pair(entry.reference, entry.begin); });
  const Entry* before = nullptr;
  for (Entry& entry : entries_) {
    const bool is_first = before == nullptr || before->reference != entry.reference;
    entry.end_so_far = is_first ? entry.end : std::max(before->end_so_far, entry.end);
    before = &entry;
  }
}

// A line has six numbers: sequence, begin from 1, span, the container's place, the slice's in it, its size.
void CramContainers::read(const std::string& index, const AlignmentHeader& header) {
  LineReader lines(open_input(index));
  const auto file_size = static_cast<std::int64_t>(std::filesystem::file_size(file_.path()));
  while (lines.peek() != LineReader::end_of_input) {
    const std::string_view line = lines.next().text;
    std::array<std::int64_t, 6> numbers{};
    const char* rest = line.data();
    for (std::int64_t& number : numbers) {
      const auto [end, error] = std::from_chars(rest, line.data() + line.size(), number);
      if (error != std::errc() || number < -largest || number > largest)
        refuse_foreign(index, file_.path(), "it has lines that are not those of a CRAI");
      rest = end + (end == line.data() + line.size() ? 0 : 1);
    }
    const auto [reference, begin, span, place, slice, size] = numbers;
    if (reference >= header.reference_count()) {
      refuse_foreign(
          index, file_.path(),
          fmt::format("it has a sequence {}, and the header has {}", reference + 1, header.reference_count()));
    }
    if (place < 0 || place >= file_size) refuse_foreign(index, file_.path(), "it points behind the end of the file");
    if (entries_.empty() || entries_.back().place < static_cast<std::uint64_t>(place)) last_length_ = 0;
    last_length_ = std::max(last_length_, slice + size);
    entries_.push_back({reference, begin - 1, begin - 1 + span, static_cast<std::uint64_t>(place)});
  }
}

void CramContainers::check_places(const std::string& index) {
  constexpr int first_with_checksums = 3;
  if (file_.format().version.major < first_with_checksums) return;
  const InputFile other(file_.path());
  std::optional<Body> body;
  for (const std::uint64_t place : some_of(places_)) {
    body = body_at(other.get()->fp.cram, static_cast<std::int64_t>(place));
    if (!body) {
      refuse_foreign(index, file_.path(), fmt::format("no container begins at byte {}", place));
    }
    ++fitting_places_;
  }
  constexpr std::int64_t end_marker = 38;
  const auto file_size = static_cast<std::int64_t>(std::filesystem::file_size(file_.path()));
  const bool is_last = body && body->length == last_length_ && body->begin + body->length + end_marker == file_size;
  if (!is_last) fitting_places_ = 0;
}

CramContainers::Places CramContainers::places_of(const IndexedInterval& interval) const {
  const bool is_unplaced = interval.contig == IndexedInterval::unplaced;
  const std::int64_t reference = is_unplaced ? no_reference : interval.contig;
  const auto of_reference = std::ranges::equal_range(entries_, reference, {}, &Entry::reference);
  Places places;
  // All before it end too early.
  auto entry = is_unplaced ? of_reference.begin()
                           : std::ranges::upper_bound(of_reference, interval.begin, {}, &Entry::end_so_far);
  for (; entry != of_reference.end() && (is_unplaced || entry->begin < interval.end); ++entry) {
    if (!is_unplaced && entry->end <= interval.begin) continue;
    places.first = std::min(places.first, entry->place);
    places.last = std::max(places.last, entry->place);
  }
  return places;
}

bool CramContainers::are_near(const IndexedInterval& one, const IndexedInterval& later) const {
  const Places first = places_of(one), second = places_of(later);
  if (first.first > first.last || second.first > second.last) return false;
  const auto behind = std::ranges::upper_bound(places_, first.last);
  return behind == places_.end() || second.first <= *behind;
}

// It reads from the first to the last of them, and one more to see that nothing follows.
void CramContainers::check(const IndexedInterval& interval) {
  const Places places = places_of(interval);
  for (auto place = std::ranges::lower_bound(places_, places.first); place != places_.end(); ++place) {
    check_at(*place);
    if (*place > places.last) return;
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
