// A target's letters, one by one: the same for all lanes.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Reads ahead, so that a letter does not wait for memory.
class TargetLetters {
 public:
  ANNEAL_FN TargetLetters(ANNEAL_GLOBAL const unsigned char* letters, int count)
      : words_(reinterpret_cast<ANNEAL_GLOBAL const Word*>(letters)), count_((count + 3) / 4), upcoming_(load(0)) {}

  /// The next letter. Behind the last one, some letter.
  ANNEAL_FN int next() {
    if (next_ % 4 == 0) {
      current_ = upcoming_;
      upcoming_ = load(next_ / 4 + 1);
    }
    ++next_;
    const int letter = static_cast<int>(current_ & 31u);
    current_ >>= 8;
    return letter;
  }

 private:
  ANNEAL_FN Word load(int word) const { return word < count_ ? words_[word] : 0u; }

  ANNEAL_GLOBAL const Word* words_;
  int count_;
  int next_ = 0;
  Word current_ = 0;
  Word upcoming_;
};

}  // namespace anneal::align::recurrence
