// Runs a program on tiles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "array/cpu/program.h"
#include "array/cpu/scratch.h"
#include "array/cpu/strips.h"

namespace anneal::array::cpu {

/// How many elements a tile has, so that each register has at most tile_bytes, and all of them stay in the second
/// cache.
std::size_t tile_elements(const Program& program);

/// A thread's registers, and where in memory its leaves are. Its memory is kept for the next program.
class Machine {
 public:
  /// The calling thread's. What runs on it must be done before the thread does something else.
  static Machine& of_this_thread();

  /// `elements` is the most that a tile will have. The program must outlive the run. With `fetches_ahead` the processor
  /// is told what the next tile reads in place, if that is not in its second cache anyway.
  void begin(const Program& program, std::size_t elements, bool fetches_ahead = false);

  /// Goes to a run: `kept` and `reduced` count those of the outer axes that are not and are reduced, in row-major
  /// order.
  void seek(std::int64_t kept, std::int64_t reduced);

  /// Computes elements first .. first + count of the run. Returns where they are: `to`, or memory that is read in
  /// place.
  const void* run(std::int64_t first, std::size_t count, void* to);

  /// `bytes` for the caller, aligned to tiles. Valid until begin().
  std::byte* extra_memory(std::size_t bytes) { return extra_.reserve(bytes); }

  /// How many tiles were computed, and how many instructions for that: for tests.
  struct Counts {
    std::size_t tiles = 0;
    std::size_t instructions = 0;
  };
  Counts counts;

 private:
  void begin_strips();
  void execute(const Instruction& instruction, std::int64_t first, std::size_t count);
  void splat(const Instruction& instruction, std::size_t count);

  const Program* program_ = nullptr;
  std::size_t elements_ = 0;
  std::vector<void*> slots_;
  std::vector<const std::byte*> bases_;     // of each leaf: where the run begins
  std::vector<const std::byte*> splatted_;  // of each leaf: what its register is full of
  struct InPlace {
    std::size_t leaf;
    std::size_t element_size;
  };
  std::vector<InPlace> in_place_;
  bool fetches_ahead_ = false;
  std::int64_t outer_place_ = 0;  // of the innermost outer axis
  std::vector<Strips> strips_;
  std::vector<Strips*> strips_of_;  // of each leaf; null: is read without
  Scratch registers_;
  Scratch extra_;
};

}  // namespace anneal::array::cpu
