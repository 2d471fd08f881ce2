// Reads a sequence's letters, four at a time.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// From any place on, also before the first letter and behind the last, where letters may be any. They are bytes, and
/// begin at a multiple of 4.
class LetterReader {
 public:
  ANNEAL_FN void begin(ANNEAL_GLOBAL const unsigned char* letters, int count, int place) {
    words_ = reinterpret_cast<ANNEAL_GLOBAL const Word*>(letters);
    count_ = static_cast<Word>(count + 3) / 4;
    next_ = place >> 2;
    shift_ = 8 * (place & 3);
    previous_ = load();
  }
  ANNEAL_FN Word next() {
    ++next_;
    const Word current = load();
    const Word four = funnel_right(previous_, current, shift_);
    previous_ = current;
    return four;
  }

 private:
  ANNEAL_FN Word load() const { return static_cast<Word>(next_) < count_ ? words_[next_] : 0u; }

  ANNEAL_GLOBAL const Word* words_;
  Word count_;
  int next_;
  int shift_;
  Word previous_;
};

}  // namespace anneal::align::recurrence
