// The records of one input: sampled before they are read, and read again where that was asked for.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <stop_token>
#include <string>

#include "cli/alphabet.h"
#include "cli/spool.h"
#include "io/sequence_reader.h"

namespace anneal::cli {

class RecordStream {
 public:
  /// Opens the input; a pipe is spooled where `reread` says that rewind() will be called.
  /// Throws Error(invalid_input) where it cannot be opened or holds no record.
  RecordStream(std::string path, bool reread, std::stop_token stop);

  /// Looks at the first records, which read() returns later all the same. Call it first.
  AlphabetSample sample();

  /// As SequenceReader::read(); what was sampled comes whole, and replaces what is in the batch. Throws
  /// Error(cancelled) when stopped.
  bool read(io::RecordBatch& batch, std::size_t max_bytes);

  /// Starts again from the first record.
  void rewind();

  std::uint64_t bytes_taken() const { return reader_->bytes_taken(); }  ///< of the file, as ByteSource counts
  /// As messages print it, quotes included.
  const std::string& name() const { return reader_->path(); }

 private:
  void open();

  std::string path_;
  std::stop_token stop_;
  std::unique_ptr<Spool> spool_;
  std::unique_ptr<io::SequenceReader> reader_;
  io::RecordBatch ahead_;
};

/// Walks over the records of a stream one by one.
class RecordCursor {
 public:
  RecordCursor(RecordStream& stream, std::size_t batch_bytes) : stream_(&stream), batch_bytes_(batch_bytes) {}

  /// The next record, or null at the end. It lives as long as batch(), which is the one that holds it.
  const io::Record* next();
  const std::shared_ptr<const io::RecordBatch>& batch() const { return batch_; }
  std::uint64_t number() const { return number_; }  ///< of the last record, from 1

  /// Reads the next batch now rather than when next() comes to it, which then throws what went wrong.
  void read_ahead();

  /// Discards what is left and returns the number of records in all.
  std::uint64_t count_all();
  /// Goes back to before the first record.
  void rewind();

  const std::string& name() const { return stream_->name(); }

 private:
  struct Ahead {
    bool is_read = false;
    std::shared_ptr<const io::RecordBatch> batch;  ///< null at the end
    std::exception_ptr error;
  };

  bool refill();
  std::shared_ptr<const io::RecordBatch> read();

  RecordStream* stream_;
  std::size_t batch_bytes_;
  Ahead ahead_;
  std::shared_ptr<const io::RecordBatch> batch_;
  std::size_t index_ = 0;
  std::uint64_t number_ = 0;
};

}  // namespace anneal::cli
