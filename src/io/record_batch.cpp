#include "io/record_batch.h"

#include <cstring>
#include <utility>

#include "io/record_builder.h"

namespace anneal::io {
namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 20;
constexpr std::size_t long_record = chunk_size / 4;

std::string_view copy_to(char*& destination, std::string_view text) {
  if (text.empty()) return {};
  char* const begin = destination;
  std::memcpy(begin, text.data(), text.size());
  destination += text.size();
  return {begin, text.size()};
}

}  // namespace

void RecordBatch::clear() {
  records_.clear();
  sequences_.clear();
  adopted_.clear();
  next_chunk_ = 0;
  free_ = nullptr;
  free_bytes_ = 0;
  bytes_ = 0;
}

void RecordBatch::append(const Record& record) {
  char* place = room(bytes_of(record));
  Record copy;
  copy.name = copy_to(place, record.name);
  copy.comment = copy_to(place, record.comment);
  copy.sequence = copy_to(place, record.sequence);
  copy.quality = copy_to(place, record.quality);
  borrow(copy);
}

// One copy is cheaper than four.
void RecordBatch::append(const Record& record, std::string_view text) {
  char* const place = room(text.size());
  std::memcpy(place, text.data(), text.size());
  const auto moved = [&](std::string_view part) {
    return part.empty() ? std::string_view() : std::string_view(place + (part.data() - text.data()), part.size());
  };
  borrow({.name = moved(record.name),
          .comment = moved(record.comment),
          .sequence = moved(record.sequence),
          .quality = moved(record.quality)});
}

void RecordBatch::append(RecordBuilder& builder) {
  const Record record = builder.record();
  if (builder.bytes() < long_record) {
    append(record);
  } else {
    borrow(record);
    adopted_.push_back(builder.release());
  }
  builder.clear();
}

char* RecordBatch::room(std::size_t bytes) {
  return bytes >= long_record ? adopted_.emplace_back(bytes).data() : allocate(bytes);
}

char* RecordBatch::allocate(std::size_t bytes) {
  if (bytes > free_bytes_) {
    if (next_chunk_ == chunks_.size()) chunks_.emplace_back(chunk_size);
    free_ = chunks_[next_chunk_++].data();
    free_bytes_ = chunk_size;
  }
  free_bytes_ -= bytes;
  return std::exchange(free_, free_ + bytes);
}

void RecordBatch::borrow(const Record& record) {
  records_.push_back(record);
  sequences_.push_back(record.sequence);
  bytes_ += bytes_of(record);
}

}  // namespace anneal::io
