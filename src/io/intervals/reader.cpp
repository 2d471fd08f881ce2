#include "anneal/io/intervals.h"
#include "io/hts/text_output.h"
#include "io/intervals/format.h"
#include "io/intervals/lines.h"

namespace anneal::io {
namespace {

template <typename Record>
const LineFormat& format_of();
template <>
const LineFormat& format_of<BedRecord>() {
  return bed_lines;
}
template <>
const LineFormat& format_of<GffRecord>() {
  return gff_lines;
}
template <>
const LineFormat& format_of<PafRecord>() {
  return paf_lines;
}

// What has to be before the first record.
template <typename Record>
std::string_view head_of(const Record&) {
  return {};
}
template <>
std::string_view head_of(const GffRecord& record) {
  return record.dialect == GffDialect::gff3 ? "##gff-version 3\n" : "";
}

}  // namespace

template <typename Record>
class IntervalReader<Record>::State {
 public:
  State(const std::string& path, const IntervalReaderOptions& options)
      : lines_(path, format_of<Record>(), options.threads) {}

  bool read(Record& record) {
    std::string_view line;
    while (lines_.next(line)) {
      if (!lines_.is_record(line)) continue;
      split_columns(line, columns_);
      try {
        parse_record(columns_, record);
      } catch (const ColumnError& error) {
        lines_.fail(error);
      }
      return true;
    }
    return false;
  }

  IntervalLines& lines() { return lines_; }

 private:
  IntervalLines lines_;
  std::vector<std::string_view> columns_;
};

template <typename Record>
IntervalReader<Record>::IntervalReader(const std::string& path, const IntervalReaderOptions& options)
    : state_(std::make_unique<State>(path, options)) {}
template <typename Record>
IntervalReader<Record>::~IntervalReader() = default;
template <typename Record>
IntervalReader<Record>::IntervalReader(IntervalReader&&) noexcept = default;
template <typename Record>
IntervalReader<Record>& IntervalReader<Record>::operator=(IntervalReader&&) noexcept = default;

template <typename Record>
bool IntervalReader<Record>::read(Record& record) {
  return state_->read(record);
}
template <typename Record>
void IntervalReader<Record>::query(std::span<const Region> regions) {
  state_->lines().query(regions);
}
template <typename Record>
void IntervalReader<Record>::query(std::string_view region) {
  state_->lines().query(region);
}

template <typename Record>
class IntervalWriter<Record>::State {
 public:
  State(const std::string& path, const IntervalWriterOptions& options)
      : output_(path, options.threads.pool(), options.level) {}

  void write(const Record& record) {
    line_.clear();
    append_record(line_, record);
    if (is_first_) output_.write(head_of(record));
    is_first_ = false;
    output_.write(line_);
  }
  void commit() { output_.commit(); }

 private:
  hts::TextOutput output_;
  std::string line_;
  bool is_first_ = true;
};

template <typename Record>
IntervalWriter<Record>::IntervalWriter(const std::string& path, const IntervalWriterOptions& options)
    : state_(std::make_unique<State>(path, options)) {}
template <typename Record>
IntervalWriter<Record>::~IntervalWriter() = default;
template <typename Record>
IntervalWriter<Record>::IntervalWriter(IntervalWriter&&) noexcept = default;
template <typename Record>
IntervalWriter<Record>& IntervalWriter<Record>::operator=(IntervalWriter&&) noexcept = default;

template <typename Record>
void IntervalWriter<Record>::write(const Record& record) {
  state_->write(record);
}
template <typename Record>
void IntervalWriter<Record>::commit() {
  state_->commit();
}

template class IntervalReader<BedRecord>;
template class IntervalReader<GffRecord>;
template class IntervalReader<PafRecord>;
template class IntervalWriter<BedRecord>;
template class IntervalWriter<GffRecord>;
template class IntervalWriter<PafRecord>;

}  // namespace anneal::io
