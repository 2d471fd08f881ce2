#include "search/statistics/random_sequences.h"

namespace anneal::search {

RandomSequences::RandomSequences(const std::vector<BackgroundLetter>& letters, std::uint32_t seed) : random_(seed) {
  for (const BackgroundLetter& letter : letters) {
    codes_.insert(codes_.end(), letter.weight, static_cast<char>(letter.code));
  }
}

std::string RandomSequences::next(std::size_t length) {
  std::string sequence(length, '\0');
  for (char& place : sequence) {
    const std::uint64_t random = std::uint32_t(random_());
    place = codes_[random * codes_.size() >> 32];
  }
  return sequence;
}

}  // namespace anneal::search
