// Adapters at the 3' end of reads.
#pragma once

#include <cstddef>
#include <string_view>

#include "reads/kernels.h"

namespace anneal::reads {

/// A sequence that follows the insert where the read is longer than that. It is looked for without gaps: at each place
/// of the read, its first letters are compared with the read's, up to the end of either. It is found at the first place
/// where at least `min_overlap` letters are compared, and the share of those that differ is at most `error_rate`.
/// That is what cutadapt -a calls an occurrence with --no-indels (Martin 2011, doi:10.14806/ej.17.1.200), which takes
/// the best of them where this takes the first. N in the adapter equals any letter; case does not matter.
class Adapter {
 public:
  /// Throws Error(invalid_argument) where the sequence has none or other letters than A, C, G, T, U and N, the error
  /// rate is not in 0..1, or the overlap is 0.
  Adapter(std::string_view sequence, double error_rate, std::size_t min_overlap);

  /// Where the adapter begins; the read's length where it is not found.
  std::size_t find(std::string_view read) const { return best_kernels().find_adapter(pattern_, read); }

  const AdapterPattern& pattern() const { return pattern_; }

 private:
  AdapterPattern pattern_;
};

}  // namespace anneal::reads
