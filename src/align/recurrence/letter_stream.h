// A target's letters as a lane wants them: lane k is k columns behind lane 0.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Letters are bytes, four to a Word; what follows the last one in its Word is padding.
class LetterStream {
 public:
  ANNEAL_FN void begin(ANNEAL_GLOBAL const Word* words, int letters, int lane, Word padding) {
    words_ = words;
    count_ = (letters + 3) / 4;
    padding_ = padding * 0x01010101u;
    next_ = -(lane / 4);
    shift_ = 32 - 8 * (lane % 4);
    previous_ = padding_;
    current_ = load();
  }

  /// The same for a lane whose first letter is `first`, which may be negative.
  ANNEAL_FN void begin_at(ANNEAL_GLOBAL const Word* words, int letters, int first, Word padding) {
    words_ = words;
    count_ = (letters + 3) / 4;
    padding_ = padding * 0x01010101u;
    next_ = first >> 2;
    shift_ = 8 * (first & 3);
    previous_ = load();
    ++next_;
    current_ = load();
  }

  /// The next four, in bytes 0 to 3. The first call returns those of columns -lane to 3 - lane; padding where there are
  /// none.
  ANNEAL_FN Word advance() {
    const Word letters = funnel_right(previous_, current_, shift_);
    ++next_;
    previous_ = current_;
    current_ = load();
    return letters;
  }

 private:
  ANNEAL_FN Word load() const {
    return static_cast<Word>(next_) < static_cast<Word>(count_) ? words_[next_] : padding_;
  }

  ANNEAL_GLOBAL const Word* words_;
  int count_;
  int next_;
  int shift_;
  Word padding_;
  Word previous_;
  Word current_;
};

}  // namespace anneal::align::recurrence
