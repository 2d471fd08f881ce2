#include "io/mate_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "io/record_error.h"

namespace anneal::io {
namespace {

constexpr std::size_t any_size = std::numeric_limits<std::size_t>::max();

std::string_view without_suffix(std::string_view name, std::string_view suffix) {
  if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return name;
}

bool are_mates(std::string_view first, std::string_view second) {
  return first == second || without_suffix(first, "/1") == without_suffix(second, "/2");
}

}  // namespace

MateReader::MateReader(std::unique_ptr<SequenceReader> first, std::unique_ptr<SequenceReader> second)
    : first_(std::move(first)), second_(std::move(second)) {
  if (second_ == nullptr) return;
  const SequenceFormat formats[] = {first_->format(), second_->format()};
  const bool is_empty = std::ranges::count(formats, SequenceFormat::empty) > 0;
  if (formats[0] == formats[1] || is_empty) return;
  throw Error(ErrorCode::invalid_input, fmt::format("{} is FASTA and {} is FASTQ; mates must be of one format",
                                                    (formats[0] == SequenceFormat::fasta ? first_ : second_)->path(),
                                                    (formats[0] == SequenceFormat::fasta ? second_ : first_)->path()));
}

SequenceFormat MateReader::format() const {
  return first_->format() == SequenceFormat::empty ? second().format() : first_->format();
}

bool MateReader::read(MateBatch& batch, std::size_t max_pairs, std::size_t max_bytes) {
  for (RecordBatch& memory : batch.memory_) memory.clear();
  batch.first.clear();
  batch.second.clear();
  if (second_ != nullptr) {
    read_two(batch, max_pairs, max_bytes);
  } else {
    read_interleaved(batch, max_pairs, max_bytes);
  }
  check_names(batch);
  pairs_read_ += batch.size();
  return batch.size() > 0;
}

void MateReader::read_two(MateBatch& batch, std::size_t max_pairs, std::size_t max_bytes) {
  RecordBatch& firsts = batch.memory_[0];
  RecordBatch& seconds = batch.memory_[1];
  first_->read(firsts, max_pairs, max_bytes);
  // At the end, one more shows whether the other file goes on.
  const std::size_t wanted = firsts.empty() ? 1 : firsts.size();
  while (seconds.size() < wanted && second_->read(seconds, wanted - seconds.size(), any_size)) {
  }
  const std::size_t pairs = std::min(firsts.size(), seconds.size());
  batch.first.assign(firsts.records().begin(), firsts.records().begin() + static_cast<std::ptrdiff_t>(pairs));
  batch.second.assign(seconds.records().begin(), seconds.records().begin() + static_cast<std::ptrdiff_t>(pairs));
  if (firsts.size() == seconds.size()) return;
  check_names(batch);  // one that was left out is the better message
  pairs_read_ += pairs;
  if (firsts.size() > pairs) fail_missing(*second_, *first_, firsts[pairs]);
  fail_missing(*first_, *second_, seconds[pairs]);
}

void MateReader::read_interleaved(MateBatch& batch, std::size_t max_pairs, std::size_t max_bytes) {
  RecordBatch& records = batch.memory_[0];
  const std::size_t max_records = max_pairs > any_size / 2 ? any_size - 1 : 2 * max_pairs;
  first_->read(records, max_records, max_bytes);
  if (records.size() % 2 != 0 && !first_->read(records, 1, any_size)) {
    const Record& last = records[records.size() - 1];
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} is the last one and has no mate; an interleaved file has both "
                            "mates of each pair, one after the other",
                            describe_record(first_->records_read(), last.name, first_->path())));
  }
  for (std::size_t i = 0; i < records.size(); i += 2) {
    batch.first.push_back(records[i]);
    batch.second.push_back(records[i + 1]);
  }
}

void MateReader::check_names(const MateBatch& batch) const {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (are_mates(batch.first[i].name, batch.second[i].name)) continue;
    const std::uint64_t number = pairs_read_ + i;
    const bool is_interleaved = second_ == nullptr;
    throw Error(
        ErrorCode::invalid_input,
        fmt::format(
            "{} and {} are no mates: their names differ by more than /1 and /2; give both in the same order",
            describe_record(is_interleaved ? 2 * number + 1 : number + 1, batch.first[i].name, first_->path()),
            describe_record(is_interleaved ? 2 * number + 2 : number + 1, batch.second[i].name, second().path())));
  }
}

void MateReader::fail_missing(const SequenceReader& shorter, const SequenceReader& longer,
                              const Record& mateless) const {
  throw Error(ErrorCode::invalid_input, fmt::format("{} has no mate: {} ends after {} record{}; give both files whole",
                                                    describe_record(pairs_read_ + 1, mateless.name, longer.path()),
                                                    shorter.path(), pairs_read_, pairs_read_ == 1 ? "" : "s"));
}

}  // namespace anneal::io
