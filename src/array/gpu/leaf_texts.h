// How kernels read what a chain is computed from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "array/gpu/chain.h"
#include "array/gpu/words.h"
#include "array/nest.h"

namespace anneal::array::gpu {

/// A nest with at least one axis; the innermost is cut into chunks of neighbours that one thread computes.
struct Access {
  enum class Kind : std::uint8_t {
    chunk,  ///< neighbours in memory, loaded at once
    one,    ///< the same element for all of a chunk
    each,   ///< loaded one by one
  };
  std::vector<Kind> kinds;  ///< of each leaf
  int chunk = 1;            ///< elements
};

/// Makes a nest without axes one with an axis of size 1.
void add_axis_if_none(Nest& nest, std::size_t leaves);

/// The strides that an array of `elements` is read with as one of `shape`, appended to `strides`.
void add_broadcast_strides(const Strided& elements, const Shape& shape, std::vector<std::int64_t>& strides);

/// Whether chunks do not cross the ends of the innermost axis, or only at the end of all.
bool chunks_fit(const Nest& nest, int chunk);

/// Of chunks of so many elements. `others`: what else addresses of chunks are made of, the strides of another nest.
Access access_of(const Chain& chain, const Nest& nest, const Nest* others, int chunk);

/// The largest chunk, up to 16 bytes of each leaf and of `result_size`, that fits and has all neighbours loaded at
/// once.
int best_chunk(const Chain& chain, const Nest& nest, const Nest* others, std::size_t result_size);

/// How many elements in front of that whose places are all 0 the first one in memory is; not 0 where there are negative
/// strides. Kernels get the address of the first.
std::int64_t elements_in_front(const Nest& nest, const Nest* others, std::size_t leaf);
/// The first elements' addresses.
std::vector<const std::byte*> addresses(const Chain& chain, const Nest& nest, const Nest* others);

/// Whether any place or offset of these is beyond 30 bits.
bool is_wide(const Chain& chain, std::int64_t elements, const Nest& nest, const Nest* others);

/// How many chunks a thread should load before it computes, so that enough of them are under way.
int unroll_of(const Access& access);

/// Writes the part of a kernel that finds and reads leaves.
class LeafTexts {
 public:
  LeafTexts(const Chain& chain, Words& words, bool is_wide);

  /// The kernel's parameters for leaves: each ends with a comma.
  std::string parameters() const;
  /// The constants, at the kernel's begin.
  std::string constants() const { return constants_; }

  /// `place0`, `place1`, ...: where element `index` (an expression) is in the nest, whose innermost axis counts chunks.
  std::string places(const Nest& nest, int chunk, const std::string& index, const std::string& prefix);
  /// What offsets begin with, if anything: elements_in_front().
  std::string start(const Nest& nest, const Nest* others, std::size_t leaf);
  /// The offset of leaf `leaf` at those places; `origin` is added.
  std::string offset(const Nest& nest, std::size_t leaf, int chunk, const std::string& prefix,
                     const std::string& origin);
  /// The stride along the innermost axis.
  std::string step(const Nest& nest, std::size_t leaf);

  /// `x0[count], ...`
  std::string declarations(const Access& access, int count) const;
  /// A statement that loads leaf `leaf` of slot `slot` from `offset`.
  std::string load(const Access& access, std::size_t leaf, const std::string& slot, const std::string& offset,
                   const std::string& step) const;
  /// The call of value_of() for element `k` of slot `slot`.
  std::string value(const Access& access, const std::string& slot, const std::string& k) const;
  /// The same for elements that are read right from these offsets.
  std::string value_at(const std::vector<std::string>& offsets) const;

  /// The same for elements that these expressions read.
  std::string value_of(std::vector<std::string> elements) const;

  /// "Index(word)", of a word that has this value.
  std::string index(std::int64_t value);
  /// "quotient(n, ...)"
  std::string quotient(const std::string& n, std::int64_t divisor);

 private:
  const Chain& chain_;
  Words& words_;
  bool is_wide_;
  std::string constants_;
};

}  // namespace anneal::array::gpu
