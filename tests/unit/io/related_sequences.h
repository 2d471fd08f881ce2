// Random sequences of which some descend from others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace anneal::test {

class RelatedSequences {
 public:
  RelatedSequences(std::uint32_t seed, std::string_view letters) : random_(seed), letters_(letters) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string random(std::size_t length) {
    std::string sequence;
    while (sequence.size() < length) sequence += letters_[below(letters_.size())];
    return sequence;
  }

  /// A copy in which so many letters of a thousand are drawn anew, and as many gaps as a tenth of that begin.
  std::string descendant(std::string_view ancestor, std::size_t per_thousand) {
    std::string sequence;
    for (std::size_t i = 0; i < ancestor.size(); ++i) {
      if (below(10000) < per_thousand) {
        below(2) == 0 ? void(sequence += random(1 + below(5))) : void(i += below(5));
        continue;
      }
      sequence += below(1000) < per_thousand ? letters_[below(letters_.size())] : ancestor[i];
    }
    return sequence;
  }

 private:
  std::mt19937 random_;
  std::string letters_;
};

}  // namespace anneal::test
