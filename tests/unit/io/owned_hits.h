// Hits that own what they are made of.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/hit.h"
#include "io/hit_writer.h"
#include "unit/io/sample_pair.h"

namespace anneal::test {

struct OwnedHit {
  Alignment alignment{};
  std::vector<CigarOp> cigar;
  std::string target_name, target_comment, target;
  bool reverse = false;
  std::string aligned_query;
  double bits = 0;
  std::optional<double> evalue;
};

std::string reverse_complement_of(std::string_view letters);

struct OwnedHits {
  std::uint64_t number = 0;
  std::string name, comment, query;
  std::vector<OwnedHit> hits;

  /// The pair's query with the pair as its one hit.
  static OwnedHits of(const SamplePair& pair);
};

/// What the format makes of these queries, header and footer included.
std::string format_hits(std::string_view format_name, const std::vector<OwnedHits>& queries,
                        const io::HitWriterOptions& options);

}  // namespace anneal::test
