#include "io/intervals/lines.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/file.h"
#include "io/hts/index_path.h"
#include "io/hts/line.h"
#include "io/hts/tabix_index.h"
#include "io/input.h"
#include "io/open_file.h"

namespace anneal::io {

class IntervalLines::Indexed {
 public:
  Indexed(const std::string& path, const LineFormat& format, const IoThreads& threads)
      : file_(path, threads.pool()), index_(file_, format), cursor_(index_.find(file_, {})) {}

  bool has_contig(std::string_view name) const { return index_.has_contig(std::string(name)); }

  void find(std::span<const Region> regions) {
    for (const Region& region : regions) {
      if (!has_contig(region.contig)) refuse_contig(region.contig);
    }
    cursor_ = index_.find(file_, regions);
  }

  bool next(std::string_view& line) {
    constexpr int at_end = -1;
    const int result = cursor_.next(line_.get());
    if (result < at_end) {
      throw Error(
          ErrorCode::invalid_input,
          fmt::format("{} cannot be read by its index: it is damaged, or the index is that of another file; make "
                      "it again with: anneal index {}",
                      file_.name(), file_.name()));
    }
    line = result == at_end ? std::string_view() : line_.text();
    return result != at_end;
  }

 private:
  [[noreturn]] void refuse_contig(std::string_view contig) const {
    constexpr std::size_t most_names = 5;
    const std::vector<std::string> contigs = index_.contigs();
    std::string names;
    for (std::size_t i = 0; i < std::min(contigs.size(), most_names); ++i)
      names.append(" ").append(base::quote(contigs[i]));
    if (contigs.size() > most_names) names += " ...";
    throw Error(ErrorCode::invalid_argument, fmt::format("{} has nothing on the contig {}; it has{}", file_.name(),
                                                         base::quote(contig), names.empty() ? " none" : names));
  }

  hts::InputFile file_;
  hts::TabixIndex index_;
  hts::RegionCursor cursor_;
  hts::Line line_;
};

IntervalLines::IntervalLines(const std::string& path, const LineFormat& format, const IoThreads& threads)
    : IntervalLines(open_input(path, threads.count()), path, format, threads) {}
IntervalLines::IntervalLines(std::unique_ptr<ByteSource> source, const std::string& path, const LineFormat& format,
                             const IoThreads& threads)
    : path_(path), format_(format), threads_(threads), stream_(std::move(source)) {}
IntervalLines::~IntervalLines() = default;

bool IntervalLines::next(std::string_view& line) {
  const bool is_there = indexed_ != nullptr ? indexed_->next(line) : stream_.next(line);
  if (is_there) ++number_;
  return is_there;
}

bool IntervalLines::is_record(std::string_view line) {
  const LineKind kind = format_.kind_of(line);
  if (kind == LineKind::tail) is_over_ = true;
  return !is_over_ && kind == LineKind::record;
}

void IntervalLines::query(std::span<const Region> regions) {
  if (indexed_ == nullptr) {
    hts::check_can_have_index(path_);
    indexed_ = std::make_unique<Indexed>(path_, format_, threads_);
  }
  indexed_->find(regions);
  number_ = 0;
  is_over_ = false;
}

void IntervalLines::query(std::string_view region) {
  const std::string text(region);
  query(std::span(&text, 1));
}

void IntervalLines::query(std::span<const std::string> regions) {
  query(std::span<const Region>());  // opens the index
  std::vector<Region> parsed;
  for (const std::string& region : regions) {
    parsed.push_back(parse_region(region, [this](std::string_view name) { return indexed_->has_contig(name); }));
  }
  query(parsed);
}

void IntervalLines::fail(const ColumnError& error) const {
  const std::string line = indexed_ == nullptr
                               ? fmt::format("line {} of {}", number_, input_name(path_))
                               : fmt::format("line {} of the regions of {}", number_, input_name(path_));
  throw Error(ErrorCode::invalid_input, fmt::format("{}, column {}: {}", line, error.column(), error.what()));
}

}  // namespace anneal::io
