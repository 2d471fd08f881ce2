#include "cli/checksum.h"

namespace anneal::cli {
namespace {

class Fnv1a {
 public:
  /// The bytes of the number, least significant first, on every machine.
  void add(std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) {
      hash_ ^= (number >> shift) & 0xffu;
      hash_ *= 0x100000001b3u;
    }
  }
  void add(std::int32_t number) { add(static_cast<std::uint32_t>(number)); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

}  // namespace

std::uint64_t checksum_of(const AlignResults& results) {
  Fnv1a hash;
  for (std::size_t pair = 0; pair < results.size(); ++pair) {
    const Alignment& alignment = results[pair];
    for (const std::int32_t field :
         {alignment.score, alignment.query_begin, alignment.query_end, alignment.target_begin, alignment.target_end}) {
      hash.add(field);
    }
    hash.add(static_cast<std::uint32_t>(alignment.status));
    if (!results.extensions.empty()) {
      const Extension& extension = results.extensions[pair];
      for (const std::int32_t field : {extension.global_score, extension.global_target_end, extension.max_off,
                                       static_cast<std::int32_t>(extension.dropped)}) {
        hash.add(field);
      }
    }
    if (!results.second_best.empty()) {
      hash.add(results.second_best[pair].score);
      hash.add(results.second_best[pair].target_end);
    }
    const auto cigar = results.cigar(pair);
    hash.add(static_cast<std::uint32_t>(cigar.size()));
    for (const CigarOp op : cigar) hash.add(op.packed());
  }
  return hash.value();
}

}  // namespace anneal::cli
