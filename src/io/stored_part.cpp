#include "io/stored_part.h"

namespace anneal::io {

StoredPart::StoredPart(std::string_view file, std::uint64_t begin, const PartEntry& entry)
    : file_(file), entry_(entry), layout_(begin, entry) {}

std::optional<StoredPart::Place> StoredPart::place(std::uint64_t number) const {
  const PlacedRecord here = placed(number);
  const PlacedRecord before = number == 0 ? PlacedRecord{} : placed(number - 1);
  const bool fits = before.names_end <= here.names_end && here.names_end <= entry_.name_bytes &&
                    before.comments_end <= here.comments_end && here.comments_end <= entry_.comment_bytes &&
                    here.letters_begin + stored_bytes(here.length) <= entry_.letter_bytes;
  if (!fits) return std::nullopt;
  Place place{.record = {}, .letters_begin = here.letters_begin, .length = here.length};
  place.record.name = section(layout_.names + before.names_end, here.names_end - before.names_end);
  place.record.comment = section(layout_.comments + before.comments_end, here.comments_end - before.comments_end);
  return place;
}

bool StoredPart::append(const Place& place, RecordBatch& batch) const {
  Record record = place.record;
  if (static_cast<LetterStore>(entry_.store) == LetterStore::bytes) {
    record.sequence = section(layout_.letters + place.letters_begin, place.length);
  } else {
    char* const letters = batch.room(place.length);
    if (!unpack(place, letters)) return false;
    record.sequence = {letters, place.length};
  }
  batch.borrow(record);
  return true;
}

PlacedRecord StoredPart::placed(std::uint64_t number) const {
  return value_at<PlacedRecord>(file_, layout_.records + number * sizeof(PlacedRecord));
}

LetterRun StoredPart::run(std::uint64_t number) const {
  return value_at<LetterRun>(file_, layout_.runs + number * sizeof(LetterRun));
}

// Runs are in the order of what they begin with.
std::uint64_t StoredPart::first_run_from(std::uint64_t letter) const {
  std::uint64_t begin = 0;
  for (std::uint64_t end = entry_.runs; begin < end;) {
    const std::uint64_t middle = begin + (end - begin) / 2;
    if (run(middle).begin < letter) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

bool StoredPart::unpack(const Place& place, char* letters) const {
  const Bases bases = static_cast<LetterStore>(entry_.store) == LetterStore::two_bits ? Bases::acgt : Bases::acgu;
  const std::string_view packed = section(layout_.letters + place.letters_begin, packed_size(place.length));
  unpack_letters(packed, bases, place.length, letters);
  const std::uint64_t begin = std::uint64_t{letters_per_byte} * place.letters_begin;
  const std::uint64_t end = begin + place.length;
  for (std::uint64_t number = first_run_from(begin); number < entry_.runs; ++number) {
    const LetterRun next = run(number);
    if (next.begin >= end) break;
    if (next.begin < begin || next.length > end - next.begin) return false;
    write_run(next, static_cast<std::uint32_t>(begin), letters);
  }
  return true;
}

std::uint64_t StoredPart::stored_bytes(std::uint32_t letters) const {
  return static_cast<LetterStore>(entry_.store) == LetterStore::bytes ? letters : packed_size(letters);
}

}  // namespace anneal::io
