#include "align/remote_letters.h"

namespace anneal::align {

std::vector<std::string_view> RemoteLetters::copies_of(std::span<const std::string_view> sequences,
                                                       std::string& room) const {
  std::size_t letters = 0;
  for (const std::string_view sequence : sequences) letters += sequence.size();
  room.resize(letters);
  fetch(sequences, room.data());
  std::vector<std::string_view> copies;
  copies.reserve(sequences.size());
  const char* copy = room.data();
  for (const std::string_view sequence : sequences) {
    copies.emplace_back(copy, sequence.size());
    copy += sequence.size();
  }
  return copies;
}

}  // namespace anneal::align
