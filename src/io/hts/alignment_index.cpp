#include "io/hts/alignment_index.h"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <charconv>
#include <filesystem>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "anneal/error.h"
#include "io/hts/index_age.h"
#include "io/input.h"
#include "io/line_reader.h"

namespace anneal::io::hts {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_input, message); }

std::string make_it(const InputFile& file) { return fmt::format("make it again by anneal index {}", file.path()); }

[[noreturn]] void refuse_foreign(const std::string& index, const InputFile& file, const std::string& why) {
  refuse(fmt::format("the index '{}' is not that of {}: {}; {}", index, file.name(), why, make_it(file)));
}

std::vector<std::string> usual_places(const InputFile& file) {
  const bool is_cram = file.format().format == cram;
  const std::initializer_list<std::string_view> bam_extensions = {".csi", ".bai"}, cram_extensions = {".crai"};
  std::vector<std::string> places;
  for (const std::string_view extension : is_cram ? cram_extensions : bam_extensions) {
    places.push_back(fmt::format("{}{}", file.path(), extension));
    places.push_back(std::filesystem::path(file.path()).replace_extension(extension).string());
  }
  return places;
}

std::string find_index(const InputFile& file) {
  for (const std::string& place : usual_places(file)) {
    if (exists(place)) return place;
  }
  refuse(fmt::format("{} has no index, which regions need; make one by anneal index {}", file.name(), file.path()));
}

// A line of a CRAI has six numbers: sequence, begin, span, the container's place, the slice's in it, its size.
void check_crai(const std::string& path, const InputFile& file, const AlignmentHeader& header) {
  LineReader lines(open_input(path));
  const auto file_size = static_cast<std::int64_t>(std::filesystem::file_size(file.path()));
  while (lines.peek() != LineReader::end_of_input) {
    const std::string_view line = lines.next().text;
    std::int64_t numbers[4] = {};
    const char* rest = line.data();
    for (std::int64_t& number : numbers) {
      const auto [end, error] = std::from_chars(rest, line.data() + line.size(), number);
      if (error != std::errc()) refuse_foreign(path, file, "it has lines that are not those of a CRAI");
      rest = end + (end == line.data() + line.size() ? 0 : 1);
    }
    if (numbers[0] >= header.reference_count()) {
      refuse_foreign(
          path, file,
          fmt::format("it has a sequence {}, and the header has {}", numbers[0] + 1, header.reference_count()));
    }
    if (numbers[3] >= file_size) refuse_foreign(path, file, "it points behind the end of the file");
  }
}

}  // namespace

AlignmentIndex::AlignmentIndex(const InputFile& file, const AlignmentHeader& header) {
  if (file.path() == "-" || !file.is_seekable()) {
    refuse(fmt::format("regions of {} need a file with an index; this is a pipe", file.name()));
  }
  if (file.format().format != bam && file.format().format != cram) {
    refuse(
        fmt::format("regions of {} need an index, which text has not; convert it, as by anneal view -o x.bam, and "
                    "make one by anneal index x.bam",
                    file.name()));
  }
  const std::string path = find_index(file);
  refuse_older_index(path, file.path(), make_it(file));
  if (file.format().format == cram) check_crai(path, file, header);
  index_.reset(sam_index_load3(file.get(), file.path().c_str(), path.c_str(), HTS_IDX_SILENT_FAIL));
  if (index_ == nullptr) refuse(fmt::format("the index '{}' is damaged; {}", path, make_it(file)));
  if (file.format().format == cram) return;
  const int sequences = hts_idx_nseq(index_.get());
  if (sequences != header.reference_count()) {
    refuse_foreign(path, file,
                   fmt::format("it is for {} sequences, and the header has {}", sequences, header.reference_count()));
  }
}

}  // namespace anneal::io::hts
