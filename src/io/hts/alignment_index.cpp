#include "io/hts/alignment_index.h"

#include <fmt/core.h>
#include <htslib/sam.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/alignment_header.h"
#include "io/hts/index_contents.h"
#include "io/hts/index_path.h"

namespace anneal::io::hts {
namespace {

// As htslib's programs name them: the index of x.bam may be x.bai, too.
std::vector<std::string> usual_places(const InputFile& file) {
  constexpr std::string_view of_bam[] = {".csi", ".bai"}, of_cram[] = {".crai"};
  const auto suffixes = file.format().format == cram ? std::span(of_cram) : std::span<const std::string_view>(of_bam);
  std::vector<std::string> places = places_beside(file.path(), suffixes);
  const std::filesystem::path path(file.path());
  if (!path.has_extension()) return places;
  for (const std::string_view suffix : suffixes) {
    places.push_back(std::filesystem::path(path).replace_extension(suffix).string());
  }
  return places;
}

// Returns at how many places they fit.
std::size_t check_bam_index(const std::string& index, const InputFile& file, const AlignmentHeader& header) {
  const IndexContents contents = read_index(index);
  if (contents.has_columns) refuse_foreign(index, file.path(), "it is that of a file of lines");
  if (contents.contig_count != header.reference_count()) {
    refuse_foreign(
        index, file.path(),
        fmt::format("it is for {} sequences, and the header has {}", contents.contig_count, header.reference_count()));
  }
  std::int64_t longest = 0;
  for (int i = 0; i < header.reference_count(); ++i) longest = std::max(longest, header.reference_length(i));
  check_depth(contents, index, file.path(), longest);
  return check_places(contents, index, file.path());
}

}  // namespace

AlignmentIndex::AlignmentIndex(const InputFile& file, const AlignmentHeader& header) {
  check_can_have_index(file.path());
  const bool is_cram = file.format().format == cram;
  const bool is_sam = file.format().format == sam;
  if (is_sam && file.format().compression != bgzf) {
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} is not compressed by BGZF, so that regions cannot be found in it; convert it, as by "
                            "anneal view -o x.bam, and make an index by anneal index x.bam",
                            file.name()));
  }
  const IndexFile found = find_index(file.path(), usual_places(file));
  const std::string& path = found.path;
  std::size_t fitting_places = 0;
  if (is_cram) {
    containers_ = std::make_unique<CramContainers>(path, file, header);
    fitting_places = containers_->fitting_places();
  } else {
    fitting_places = check_bam_index(path, file, header);
  }
  check_age(found, file.path(), fitting_places);
  index_.reset(sam_index_load3(file.get(), file.path().c_str(), path.c_str(), HTS_IDX_SILENT_FAIL));
  if (index_ == nullptr) refuse_foreign(path, file.path(), "it is damaged");
  if (is_sam) lines_ = std::make_unique<SamRegions>(file, header.impl().get());
}

RegionCursor AlignmentIndex::find(const InputFile& file, const AlignmentHeader& header,
                                  std::span<const Region> regions) const {
  std::vector<IndexedInterval> intervals;
  for (const Region& region : regions) {
    const auto contig = region.contig == Region::unplaced ? IndexedInterval::unplaced
                                                          : header.find_reference(region.contig).value_or(-1);
    if (contig == -1) {
      throw Error(ErrorCode::invalid_argument, fmt::format("{} has no sequence {}; its header names those that it has",
                                                           file.name(), base::quote(region.contig)));
    }
    intervals.push_back(indexed(region, contig));
  }
  const auto open = [index = index_.get(), containers = containers_.get(),
                     is_text = lines_ != nullptr](const IndexedInterval& interval) {
    if (is_text) return SamRegions::open(index, interval);
    if (containers != nullptr) containers->check(interval);
    return sam_itr_queryi(index, interval.contig, interval.begin, interval.end);
  };
  const auto next = [opened = file.get(), containers = containers_.get(), lines = lines_.get()](hts_itr_t* iterator,
                                                                                                void* record) {
    if (lines != nullptr) return lines->next(iterator, static_cast<bam1_t*>(record));
    const int result = sam_itr_next(opened, iterator, static_cast<bam1_t*>(record));
    if (containers != nullptr) containers->check_last();
    return result;
  };
  const auto are_near = [index = index_.get(), containers = containers_.get()](const IndexedInterval& one,
                                                                               const IndexedInterval& later) {
    return containers != nullptr ? containers->are_near(one, later) : are_near_in_blocks(index, one, later);
  };
  return {{open, next, are_near}, std::move(intervals)};
}

}  // namespace anneal::io::hts
