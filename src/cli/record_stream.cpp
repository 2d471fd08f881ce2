#include "cli/record_stream.h"

#include <fmt/core.h>

#include <limits>
#include <utility>

#include "anneal/error.h"
#include "cli/open_reads.h"

namespace anneal::cli {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

}  // namespace

RecordStream::RecordStream(std::string path, bool reread, std::stop_token stop)
    : path_(std::move(path)), stop_(std::move(stop)) {
  if (reread && needs_spool(path_)) spool_ = std::make_unique<Spool>(*open_path(path_), stop_);
  open();
  if (reader_->format() == io::SequenceFormat::empty) {
    throw Error(ErrorCode::invalid_input, fmt::format("{} holds no sequences; give FASTA or FASTQ", name()));
  }
}

void RecordStream::open() {
  reader_ = std::make_unique<io::SequenceReader>(spool_ ? spool_->open() : open_path(path_));
}

AlphabetSample RecordStream::sample() {
  AlphabetSample sample;
  reader_->read(ahead_, AlphabetSample::max_records, AlphabetSample::max_bytes);
  for (const std::string_view sequence : ahead_.sequences()) sample.add(sequence);
  return sample;
}

bool RecordStream::read(io::RecordBatch& batch, std::size_t max_bytes) {
  if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
  if (!ahead_.empty()) {
    batch = std::exchange(ahead_, {});
    return true;
  }
  return reader_->read(batch, any_number, max_bytes);
}

void RecordStream::rewind() {
  ahead_ = {};
  open();
}

const io::Record* RecordCursor::next() {
  if ((batch_ == nullptr || index_ == batch_->size()) && !refill()) return nullptr;
  ++number_;
  return &(*batch_)[index_++];
}

void RecordCursor::read_ahead() {
  if (ahead_.is_read) return;
  ahead_.is_read = true;
  try {
    ahead_.batch = read();
  } catch (...) {
    ahead_.error = std::current_exception();
  }
}

bool RecordCursor::refill() {
  read_ahead();
  const Ahead ahead = std::exchange(ahead_, {});
  if (ahead.error) std::rethrow_exception(ahead.error);
  if (ahead.batch == nullptr) return false;
  batch_ = ahead.batch;
  index_ = 0;
  return true;
}

std::shared_ptr<const io::RecordBatch> RecordCursor::read() {
  auto fresh = std::make_shared<io::RecordBatch>();
  if (!stream_->read(*fresh, batch_bytes_)) return nullptr;
  return fresh;
}

std::uint64_t RecordCursor::count_all() {
  do {
    number_ += batch_ == nullptr ? 0 : batch_->size() - index_;
  } while (refill());
  return number_;
}

void RecordCursor::rewind() {
  stream_->rewind();
  ahead_ = {};
  batch_.reset();
  index_ = 0;
  number_ = 0;
}

}  // namespace anneal::cli
