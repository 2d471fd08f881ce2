// Writes the operations of a CIGAR from the path's end to its begin.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_job.h"

namespace anneal::align::recurrence {

/// Operations as CigarOp packs them.
enum PathOp : Word { path_insertion = 1, path_deletion = 2, path_equal = 7, path_mismatch = 8 };

/// Puts runs before each other, the last one at `end` - 1.
struct OpWriter {
  ANNEAL_GLOBAL Word* end = nullptr;
  int count = 0;

  ANNEAL_FN void operator()(Word packed) {
    *--end = packed;
    ++count;
  }
};

/// Only counts them.
struct OpCounter {
  int count = 0;

  ANNEAL_FN void operator()(Word) { ++count; }
};

/// Joins what is prepended to runs, each shorter than 2^28. `Sink` takes a finished run: sink(packed).
template <class Sink>
struct PathOps {
  Sink sink = {};
  Word code = 0;
  Word length = 0;

  ANNEAL_FN void prepend(Word of_code, int letters) {
    if (letters == 0) return;
    if (of_code != code) {
      flush();
      code = of_code;
    }
    length += static_cast<Word>(letters);
  }
  ANNEAL_FN void flush() {
    if (length != 0) sink(length << 4 | code);
    length = 0;
  }
};

/// Whether two letters are written `=`.
ANNEAL_FN bool is_match(ANNEAL_THREAD const PathParameters& parameters, Word query, Word target) {
  return query == target && (parameters.identity >> query & 1u) != 0;
}

/// The four letters before a place, the last one in the highest byte; letters begin at a multiple of 4, and before the
/// first one lies anything.
ANNEAL_FN Word four_before(ANNEAL_GLOBAL const unsigned char* letters, int end) {
  ANNEAL_GLOBAL const Word* words = reinterpret_cast<ANNEAL_GLOBAL const Word*>(letters);
  const int first = end - 4, word = first >> 2, shift = first & 3;
  if (shift == 0) return words[word];
  return funnel_right(word < 0 ? 0 : words[word], words[word + 1], 8 * shift);
}

}  // namespace anneal::align::recurrence
