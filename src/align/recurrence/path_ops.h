// Writes the operations of a CIGAR from the path's end to its begin.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_job.h"

namespace anneal::align::recurrence {

/// Operations as CigarOp packs them.
enum PathOp : Word { path_insertion = 1, path_deletion = 2, path_equal = 7, path_mismatch = 8 };

/// Joins what is prepended to runs, each shorter than 2^28. `Sink` takes a finished run: sink(packed).
template <class Sink>
class PathOps {
 public:
  ANNEAL_FN explicit PathOps(ANNEAL_THREAD Sink& sink) : sink_(sink) {}

  ANNEAL_FN void prepend(Word code, int length) {
    if (length == 0) return;
    if (code != code_) {
      flush();
      code_ = code;
      length_ = 0;
    }
    length_ += static_cast<Word>(length);
  }
  ANNEAL_FN void flush() {
    if (length_ != 0) sink_(length_ << 4 | code_);
  }

 private:
  ANNEAL_THREAD Sink& sink_;
  Word code_ = 0;
  Word length_ = 0;
};

/// Puts runs before each other, the last one at `end` - 1.
struct OpWriter {
  ANNEAL_GLOBAL Word* end;
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

/// Whether two letters are written `=`.
ANNEAL_FN bool is_match(ANNEAL_THREAD const PathParameters& parameters, Word query, Word target) {
  return query == target && (parameters.identity >> query & 1u) != 0;
}

}  // namespace anneal::align::recurrence
