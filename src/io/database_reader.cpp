#include "io/database_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "io/open_file.h"

namespace anneal::io {
namespace {

constexpr std::string_view make_again = "make it again with 'anneal index --search'";

Error refusal(const std::string& name, const std::string& what) {
  return {ErrorCode::invalid_input, fmt::format("{} {}; {}", name, what, make_again)};
}

bool is_store(std::uint32_t store) { return store <= static_cast<std::uint32_t>(LetterStore::two_bits_u); }

// Whether sums of the part's sizes cannot overflow. A section of more bytes than the file has is no section of it.
bool has_plausible_sizes(const PartEntry& entry, std::uint64_t file_bytes) {
  const std::uint64_t sizes[] = {entry.letter_bytes, entry.name_bytes, entry.comment_bytes};
  return std::ranges::all_of(sizes, [&](std::uint64_t size) { return size <= file_bytes; }) &&
         entry.sequences <= file_bytes / sizeof(PlacedRecord) && entry.runs <= file_bytes / sizeof(LetterRun) &&
         is_store(entry.store);
}

}  // namespace

DatabaseReader::DatabaseReader(const std::string& path)
    : file_(std::make_unique<MappedFile>(path == "-" ? "/dev/stdin" : path)), name_(input_name(path)),
      bytes_(file_->bytes()) {
  check_header();
  read_table();
}

DatabaseReader::DatabaseReader(std::string name, std::string_view bytes) : name_(std::move(name)), bytes_(bytes) {
  check_header();
  read_table();
}

void DatabaseReader::check_header() {
  const std::string_view head = bytes_.substr(0, index_magic.size());
  if (head != index_magic.substr(0, head.size())) {
    throw refusal(name_, "is no prepared database: it does not begin as one");
  }
  if (bytes_.size() < sizeof(DatabaseHeader)) {
    throw refusal(name_, fmt::format("is truncated: it has {} bytes, and its header alone {}", bytes_.size(),
                                     sizeof(DatabaseHeader)));
  }
  header_ = value_at<DatabaseHeader>(bytes_, 0);
  if (header_.byte_order == DatabaseHeader::foreign_order) {
    throw refusal(name_, "was made on a machine with another byte order");
  }
  if (header_.version != database_version) {
    const bool newer = header_.version > database_version;
    throw refusal(name_, fmt::format("has format {}, and this version of anneal reads format {}{}", header_.version,
                                     database_version, newer ? ": use a newer one" : ""));
  }
  if (digest_of(header_) != header_.digest || header_.alphabet > static_cast<std::uint32_t>(Alphabet::protein)) {
    throw refusal(name_, "is damaged: its header is not what was written");
  }
  if (header_.kind != static_cast<std::uint32_t>(IndexKind::search_database)) {
    throw refusal(name_, "is an index for something else than a search");
  }
  if (bytes_.size() != header_.file_bytes) {
    throw refusal(
        name_, fmt::format("is {}: it has {} bytes of {}", bytes_.size() < header_.file_bytes ? "truncated" : "damaged",
                           bytes_.size(), header_.file_bytes));
  }
}

void DatabaseReader::read_table() {
  const Error damaged = refusal(name_, "is damaged: the table of its parts is not what was written");
  const std::uint64_t begin = header_.table_begin;
  if (begin > bytes_.size() || (bytes_.size() - begin) % sizeof(PartEntry) != 0 ||
      (bytes_.size() - begin) / sizeof(PartEntry) != header_.parts ||
      digest_of(bytes_.substr(begin)) != header_.table_digest) {
    throw damaged;
  }
  std::uint64_t end = sizeof(DatabaseHeader);
  for (std::uint64_t part = 0; part < header_.parts; ++part) {
    const auto entry = value_at<PartEntry>(bytes_, begin + part * sizeof(PartEntry));
    if (!has_plausible_sizes(entry, bytes_.size())) throw damaged;
    const PartLayout layout(end, entry);
    if (layout.end > begin) throw damaged;
    parts_.push_back({.begin = end, .end = layout.end, .content = StoredPart(bytes_, end, entry)});
    end = layout.end;
  }
  if (end != begin) throw damaged;
}

bool DatabaseReader::read(RecordBatch& batch, std::size_t max_bytes) {
  while (part_ < parts_.size() && next_ == parts_[part_].content.sequences()) leave_part();
  if (part_ == parts_.size()) return false;
  check_part();
  constexpr std::size_t any_size = std::numeric_limits<std::size_t>::max();
  const std::size_t bytes_before = batch.bytes();
  std::size_t room = any_size;
  while (next_ < parts_[part_].content.sequences() && append_next(batch, room)) {
    ++next_;
    room = max_bytes - std::min(max_bytes, batch.bytes() - bytes_before);
  }
  return true;
}

// False where the sequence needs more than `room` bytes.
bool DatabaseReader::append_next(RecordBatch& batch, std::size_t room) {
  const StoredPart& part = parts_[part_].content;
  const auto place = part.place(next_);
  if (!place) throw damaged_part();
  if (place->bytes() + RecordBatch::bytes_per_record > room) return false;
  if (!part.append(*place, batch)) throw damaged_part();
  return true;
}

void DatabaseReader::check_part() {
  Part& part = parts_[part_];
  if (part.is_checked) return;
  if (!part.content.is_whole()) throw damaged_part();
  part.is_checked = true;
}

void DatabaseReader::leave_part() {
  // Not of this one alone: of the part before, sequences may have been looked at since.
  if (file_) file_->let_go(0, parts_[part_].end);
  ++part_;
  next_ = 0;
}

Error DatabaseReader::damaged_part() const {
  return refusal(name_, fmt::format("is damaged: part {} of {} is not what was written", part_ + 1, parts_.size()));
}

std::uint64_t DatabaseReader::bytes_taken() const {
  if (part_ == parts_.size()) return bytes_.size();
  const Part& part = parts_[part_];
  const double fraction =
      static_cast<double>(next_) / static_cast<double>(std::max<std::uint64_t>(part.content.sequences(), 1));
  return part.begin + static_cast<std::uint64_t>(fraction * static_cast<double>(part.end - part.begin));
}

}  // namespace anneal::io
